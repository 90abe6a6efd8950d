using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Gpu;

/// <summary>The passes of an <see cref="ILayerwiseRule"/> over a device's memory: what <see cref="LayerwiseUpdate"/> is for processors.</summary>
internal sealed class GpuLayerwise : IDisposable
{
    private readonly GpuAccelerator accelerator;
    private readonly TensorChunks chunks;
    private readonly GpuMemory table;
    private readonly GpuMemory firstChunks;
    private readonly GpuMemory squares;
    private readonly GpuMemory steps;

    /// <summary>Initializes a new instance of the <see cref="GpuLayerwise"/> class.</summary>
    /// <exception cref="ArgumentException">The model is too large.</exception>
    public GpuLayerwise(GpuAccelerator accelerator, Entries.ModelDescription description)
    {
        const string What = "the norms of tensors";
        _ = GpuGrid.Checked(description.ParameterLength, description.Name);
        this.accelerator = accelerator;
        chunks = new TensorChunks(description);
        table = accelerator.Allocate(GpuLayerwiseTable.Numbers * (long)chunks.All.Length, What);
        firstChunks = accelerator.Allocate(chunks.Tensors + 1L, What);
        squares = accelerator.Allocate(2L * chunks.All.Length, What);
        steps = accelerator.Allocate(chunks.Tensors, What);
        table.Upload((int[])[.. chunks.All.SelectMany(chunk => (int[])[(int)chunk.Offset, chunk.Count, chunk.Tensor])]);
        firstChunks.Upload((int[])[.. Enumerable.Range(0, chunks.Tensors + 1).Select(chunks.First)]);
    }

    /// <summary>The kernels that <see cref="Run"/> starts.</summary>
    public static IReadOnlyList<GpuKernel> Kernels<TRule>()
        where TRule : struct, ILayerwiseRule => [GpuLayerwiseSquares<TRule>.Kernel, GpuLayerwiseSteps<TRule>.Kernel, GpuLayerwiseMoves<TRule>.Kernel];

    /// <summary>Updates the tensors of a range. Whoever calls holds the gate.</summary>
    public void Run<TRule>(in TRule rule, GpuUpdateMemory memory, long offset, long count)
        where TRule : struct, ILayerwiseRule
    {
        int tensor = chunks.TensorAt(offset);
        int tensors = chunks.TensorAt(offset + count) - tensor;
        int first = chunks.First(tensor);
        int length = chunks.First(tensor + tensors) - first;
        GpuRule numbers = GpuRule.Of(rule);
        GpuLayerwiseTable own = new(table.Ints.At(GpuLayerwiseTable.Numbers * (long)first), squares.Floats.At(2L * first), steps.Floats);
        memory = memory with { Count = length };
        Launch(GpuLayerwiseSquares<TRule>.Kernel, length, new(numbers, memory, own));
        Launch(
            GpuLayerwiseSteps<TRule>.Kernel, tensors, new(numbers, memory.Status, firstChunks.Ints.At(tensor), squares.Floats, steps.Floats.At(tensor), tensors));
        Launch(GpuLayerwiseMoves<TRule>.Kernel, length, new(numbers, memory, own));
    }

    public void Dispose()
    {
        table.Dispose();
        firstChunks.Dispose();
        squares.Dispose();
        steps.Dispose();
    }

    private void Launch<TArguments>(GpuKernel<TArguments> kernel, int items, in TArguments arguments)
        where TArguments : struct => accelerator.Launch(kernel, GpuGrid.OfRows(items, GpuGrid.Threads, accelerator.Capabilities), 1, GpuGrid.Threads, arguments);
}
