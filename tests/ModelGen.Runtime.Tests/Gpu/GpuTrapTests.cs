using System;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>What ILGPU gets silently wrong, looked for in the code that it writes; needs no device.</summary>
public sealed class GpuTrapTests : IDisposable
{
    private readonly GpuOffline compiler = new();

    [Fact]
    public void BarriersOrderSharedMemory()
    {
        string source = compiler.OpenCl(GpuRows<Kernels.RowSums>.Kernel);
        Assert.Contains("CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE", source, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"barrier\s*\(\s*CLK_GLOBAL_MEM_FENCE\s*\)", source);
        Assert.Contains("bar", compiler.Ptx(GpuRows<Kernels.RowSums>.Kernel), StringComparison.Ordinal);
    }

    [Fact]
    public void FloatsAreNotComparedByOperators()
    {
        foreach (GpuKernel kernel in (GpuKernel[])[GpuElements<Kernels.Function>.Kernel, GpuRows<Kernels.RowSums>.Kernel, GpuFinish.Kernel, GpuElements<Kernels.Extremes>.Kernel])
        {
            string source = compiler.OpenCl(kernel);
            Assert.DoesNotMatch(@"\(float\)\s*\S+\s*[<>]=?\s*\(float\)", source);
        }
    }

    [Fact]
    public void NothingIsCalculatedWithDoubles()
    {
        foreach (GpuKernel kernel in (GpuKernel[])[GpuElements<Kernels.Function>.Kernel, GpuElements<Kernels.Uniform>.Kernel, GpuRows<Kernels.RowSums>.Kernel])
        {
            Assert.DoesNotMatch(@"\bdouble\b", compiler.OpenCl(kernel));
            Assert.DoesNotMatch(@"\.f64\b", compiler.Ptx(kernel));
        }
    }

    [Fact]
    public void ElementaryFunctionsAreOurOwn()
    {
        Assert.DoesNotMatch(@"\.approx", compiler.Ptx(GpuElements<Kernels.Function>.Kernel));
        Assert.DoesNotMatch(@"\b(native_\w+|exp|exp2|log|log2|tanh|erf)\s*\(", compiler.OpenCl(GpuElements<Kernels.Function>.Kernel));
    }

    /// <summary>Without a rounding of its own, CUDA's assembler may make one instruction of a product and a sum.</summary>
    [Fact]
    public void ProductsRoundAsTheyAreWritten()
    {
        string ptx = compiler.Ptx(GpuElements<Kernels.Rounded>.Kernel);
        string kernel = ptx[ptx.IndexOf(".entry", StringComparison.Ordinal)..];
        Assert.Matches(@"\bmul\.rn\.f32\b", kernel);
        Assert.Matches(@"\bfma\.rn\.f32\b", kernel);
        Assert.DoesNotMatch(@"\bmul\.f32\b", kernel);
        Assert.DoesNotMatch(@"\bcall\b", kernel);
        Assert.Matches(@"\{\s*#pragma OPENCL FP_CONTRACT OFF\s*\S+ = [^;*+]+\*[^;*+]+;\s*\}", compiler.OpenCl(GpuElements<Kernels.Rounded>.Kernel));
    }

    [Fact]
    public void WarpsExchangeAmongAllTheirThreads()
    {
        string ptx = compiler.Ptx(GpuRows<Kernels.RowSums>.WarpKernel);
        Assert.Matches(@"shfl\.sync\.bfly\.b32", ptx);
        Assert.DoesNotContain("shfl", compiler.Ptx(GpuRows<Kernels.RowSums>.Kernel), StringComparison.Ordinal);
    }

    public void Dispose() => compiler.Dispose();
}
