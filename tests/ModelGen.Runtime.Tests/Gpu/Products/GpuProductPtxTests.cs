using System;
using System.Collections.Generic;
using System.Linq;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

/// <summary>What the compiler for CUDA makes of the templates; no device is needed.</summary>
public class GpuProductPtxTests
{
    [Fact]
    public void TilesAreInRegistersAndSharedMemoryIsReadInStrips()
    {
        using Context context = Context.Create(builder =>
        {
            builder.Optimize(OptimizationLevel.O2);
            GpuIntrinsics.Register(builder);
        });
        using PTXBackend backend = new(context, CudaArchitecture.SM_80, CudaInstructionSet.ISA_70, null!);
        foreach (GpuKernel kernel in ProductKernels.All)
        {
            PTXCompiledKernel compiled = (PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), kernel.Specialization);
            string assembly = compiled.PTXAssembly, name = ProductKernels.Name(kernel);
            Assert.True(!assembly.Contains(".local", StringComparison.Ordinal), $"{name} keeps numbers in local memory");
            if (name.Contains("Tile", StringComparison.Ordinal))
            {
                Assert.True(assembly.Contains("ld.shared.v4.f32", StringComparison.Ordinal), $"{name} reads shared memory one by one");
            }

            if (name.Contains("AlongDepth4", StringComparison.Ordinal) || name.Contains("AcrossLines4", StringComparison.Ordinal))
            {
                Assert.True(assembly.Contains("ld.global.v4.f32", StringComparison.Ordinal), $"{name} reads global memory one by one");
            }
        }
    }
}

/// <summary>The kernels of products for thread groups: every tile with every transposition, in fours and one by one, with reductions; and the sums of splits.</summary>
internal static class ProductKernels
{
    public static IReadOnlyList<GpuKernel> All { get; } = Collect();

    /// <summary>A name from a kernel's type arguments: tile, layouts.</summary>
    public static string Name(GpuKernel kernel)
    {
        Type type = kernel.Method.DeclaringType!;
        return string.Join("-", type.GetGenericArguments().Select(argument => argument.IsGenericType ? argument.GetGenericArguments()[0].Name : argument.Name));
    }

    private static List<GpuKernel> Collect()
    {
        Recorder recorder = new();
        foreach (GpuProductTile tile in new[] { GpuProductTile.Large, GpuProductTile.Middle, GpuProductTile.Tall, GpuProductTile.Wide })
        {
            foreach (int size in new[] { 64, 65 })
            {
                for (int transposed = 0; transposed < 4; transposed++)
                {
                    GpuProductPlan plan = GpuProductPlan.Of(1, size, size, size, tile, splits: 1);
                    GpuProducts.Launch<Recorder, TwoReductions, TwoReductions.Sums>(
                        recorder, plan, default, default, (transposed & 1) != 0, default, (transposed & 2) != 0, default);
                }
            }

            GpuProducts.Launch<Recorder, TwoReductions, TwoReductions.Sums>(
                recorder, GpuProductPlan.Of(1, 64, 64, 64, tile, splits: 4), default, default, false, default, false, default);
        }

        return recorder.Kernels;
    }

    private sealed class Recorder : IGpuLauncher
    {
        public List<GpuKernel> Kernels { get; } = [];

        public void Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments)
            where TArguments : struct
        {
            if (!Kernels.Contains(kernel))
            {
                Kernels.Add(kernel);
            }
        }
    }
}
