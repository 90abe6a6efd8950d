using System.Collections.Generic;
using System.Linq;
using ModelGen.Gpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Lists of kernels, which need no device.</summary>
public class GpuRecorderTests
{
    [Fact]
    public void ItListsWhatACallStartsAndTouchesNoMemory()
    {
        IReadOnlyList<GpuKernel> kernels = GpuRecorder.Record(Call, 50);
        Assert.Equal([GpuElements<Kernels.Line>.Kernel, GpuRows<Kernels.RowSums>.WarpKernel, GpuFinish.Kernel], kernels.Take(3));
        Assert.Equal(typeof(WithoutSums<Kernels.Store>), Assert.Single(kernels.Skip(3)).Text);
    }

    [Fact]
    public void WarpsReduceOnlyWhereTheDeviceHasThem()
    {
        Assert.Contains(GpuRows<Kernels.RowSums>.Kernel, GpuRecorder.Record(GpuCapabilities.Least, Call, 50));
        Assert.Contains(GpuRows<Kernels.RowSums>.Kernel, GpuRecorder.Record(GpuCapabilities.Cuda with { Warp = 64 }, Call, 50));
    }

    [Fact]
    public void KernelsAreNamedInWords()
    {
        Assert.Equal("Kernels: row sums", GpuRows<Kernels.RowSums>.Kernel.ToString());
        Assert.Equal("Kernels: store", GpuRecorder.Record(Call, 50)[^1].ToString());
        Assert.Equal("gpu finish", GpuFinish.Kernel.ToString());
    }

    private static void Call(GpuFrame frame)
    {
        int rows = frame.Dimension(0);
        GpuBuffer<float> arena = frame.Reserve(1000);
        frame.CheckIndices(0, 10);
        frame.Elements(new Kernels.Line(frame.Input(0), arena.At(100)), 10);
        int parts = frame.RowParts(rows, 10, 16);
        GpuBuffer<float> scratch = frame.Scratch(parts * 11L);
        frame.Rows(new Kernels.RowSums(arena, arena, arena, scratch, scratch.At(parts * 10L), 10), rows, 10, 16, parts);
        frame.Finish(parts, GpuSum.Of(scratch, 10, frame.Output(0)));
        frame.Multiply(new Kernels.Store(arena, 10), 1, 10, 10, 10, arena, false, arena, false);
        frame.Check("the call", arena, 10);
    }
}
