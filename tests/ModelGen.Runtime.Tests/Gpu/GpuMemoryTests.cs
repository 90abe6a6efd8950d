using System;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Memory of devices: copies in both directions, nothing at all, and memory that nobody gave back.</summary>
public class GpuMemoryTests(ITestOutputHelper output) : GpuTests(output)
{
    [OpenClTheory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(600_000)]
    [InlineData(3_000_000)]
    public void ValuesComeBackAndTheSourceMayBeOverwritten(int length)
    {
        using GpuMemory memory = Open().Allocate(length + 5);
        float[] values = [.. Enumerable.Range(0, length).Select(i => (float)i)];
        memory.Upload(values, 5);
        Array.Clear(values);
        memory.Download(values, 5);
        Assert.All(values.Index(), pair => Assert.Equal(pair.Index, pair.Item));
    }

    [OpenClFact]
    public void ManySmallUploadsPassThroughStaging()
    {
        using GpuMemory memory = Open().Allocate(100 * 65_536);
        float[] values = new float[65_536];
        for (int i = 0; i < 100; i++)
        {
            Array.Fill(values, i);
            memory.Upload(values, i * 65_536);
        }

        float[] read = new float[100 * 65_536];
        memory.Download(read);
        Assert.All(read.Index(), pair => Assert.Equal(pair.Index / 65_536, pair.Item));
    }

    [OpenClFact]
    public void MemoryOfNoLengthWorks()
    {
        using GpuMemory memory = Open().Allocate(0);
        memory.Upload(ReadOnlySpan<float>.Empty);
        memory.Download(Span<float>.Empty);
        memory.Clear();
        Assert.Equal(0, memory.Floats.View.Length);
        Assert.Equal(0, memory.Ints.At(0).View.Length);
    }

    [OpenClFact]
    public void ItCanBeClearedAndCopied()
    {
        GpuAccelerator accelerator = Open();
        using GpuMemory one = accelerator.Allocate(100);
        using GpuMemory other = accelerator.Allocate(100);
        one.Upload([.. Enumerable.Repeat(3f, 100)]);
        one.CopyTo(other);
        one.Clear();
        float[] values = new float[200];
        one.Download(values.AsSpan(0, 100));
        other.Download(values.AsSpan(100));
        Assert.Equal([.. Enumerable.Repeat(0f, 100), .. Enumerable.Repeat(3f, 100)], values);
    }

    [OpenClFact]
    public void ItIsUsedOnlyWithinItsBoundsAndItsLife()
    {
        GpuMemory memory = Open().Allocate(10);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Upload(new float[11]));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Download(new float[2], 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Download(new float[2], -1));
        memory.Dispose();
        memory.Dispose();
        Assert.Throws<ObjectDisposedException>(() => memory.Floats);
    }

    [OpenClFact]
    public void WhatNobodyHasAnyMoreIsGivenBackAtTheNextAllocation()
    {
        GpuAccelerator accelerator = GpuPlatform.Devices.First(device => device.Info.Unusable is null).OpenAnother();
        Forget(accelerator);
        Assert.Equal(4000, accelerator.Allocated);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using GpuMemory next = accelerator.Allocate(10);
        Assert.Equal(40, accelerator.Allocated);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Forget(GpuAccelerator accelerator) => accelerator.Allocate(1000);
}
