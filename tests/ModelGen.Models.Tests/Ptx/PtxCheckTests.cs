using System;
using ILGPU;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Models.Tests.Ptx;

/// <summary>The check finds what it is for.</summary>
public sealed class PtxCheckTests
{
    [PtxasTheory]
    [InlineData("sm_80")]
    [InlineData("sm_90")]
    public void WhatKernelsMustNotDoIsFound(string architecture)
    {
        Assert.Empty(Faults(GpuElements<Doubled>.Kernel, architecture));
        Assert.Contains("has the instruction mul.f64", Faults(GpuElements<InDoubles>.Kernel, architecture), StringComparison.Ordinal);
        Assert.Contains("bytes of each thread in memory", Faults(GpuElements<InMemory>.Kernel, architecture), StringComparison.Ordinal);
        Assert.Contains("does not assemble", Faults(new PtxKernel("nonsense", "nonsense"), architecture), StringComparison.Ordinal);
    }

    [Fact]
    public void SpillsAndTooMuchSharedMemoryAreFound()
    {
        PtxKernel kernel = new("a kernel", string.Empty);
        Assert.Equal(
            ["a kernel on sm_80 needs more registers than there are (255 registers, 8 bytes spilled, 0 bytes of shared memory)"],
            PtxCheck.Faults(kernel, new Assembled(255, 0, 8, 0, null), "sm_80"));
        Assert.Equal(
            ["a kernel on sm_80 takes more than 49152 bytes of shared memory (20 registers, 0 bytes spilled, 49156 bytes of shared memory)"],
            PtxCheck.Faults(kernel, new Assembled(20, 49156, 0, 0, null), "sm_80"));
        Assert.Empty(PtxCheck.Faults(kernel, new Assembled(255, 48 * 1024, 0, 0, null), "sm_80"));
    }

    private static string Faults(GpuKernel kernel, string architecture)
    {
        using GpuOffline compiler = new();
        return Faults(PtxKernel.Of(compiler, kernel), architecture);
    }

    private static string Faults(PtxKernel kernel, string architecture) =>
        string.Join('\n', PtxCheck.Faults(kernel, Ptxas.Assemble(kernel.Text, architecture), architecture));

    private readonly struct Doubled(GpuBuffer<float> x) : IGpuElementKernel
    {
        public void Run(int index) => x[index] *= 2f;
    }

    private readonly struct InDoubles(GpuBuffer<float> x) : IGpuElementKernel
    {
        public void Run(int index) => x[index] = (float)(x[index] * 1.1);
    }

    private readonly struct InMemory(GpuBuffer<float> x) : IGpuElementKernel
    {
        public void Run(int index)
        {
            ArrayView<float> numbers = LocalMemory.Allocate<float>(64);
            for (int i = 0; i < 64; i++)
            {
                numbers[i] = x[index + i];
            }

            x[index] = numbers[(int)x[index]];
        }
    }
}
