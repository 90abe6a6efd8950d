using System;
using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <content>Reads and writes at indices: see <see cref="Indexing"/>, whose order of every sum is kept.</content>
public sealed partial class GpuFrame
{
    // A thread looks through all indices of its batch, so there are only as many threads for one column as keep a device busy.
    private const int ThreadsPerMultiprocessor = 512;

    /// <inheritdoc cref="Indexing.Gather(int, int, int, int, int, int, Buffer{float}, Buffer{int}, Buffer{float}, int)" path="/summary"/>
    /// <param name="batch">The number of tables.</param>
    /// <param name="size">The rows of each.</param>
    /// <param name="count">The number of indices into each.</param>
    /// <param name="inner">The length of a row.</param>
    /// <param name="indexBatch">The distance between the indices of two tables; 0 where all have the same.</param>
    /// <param name="indexInner">The indices of a row: 1 for all of it, or one for each element.</param>
    /// <param name="x">The tables.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="y">Receives what lies there.</param>
    public void Gather(int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> x, GpuBuffer<int> indices, GpuBuffer<float> y) =>
        Gather(new(batch, size, count, inner, indexBatch, indexInner), x, new GpuIntIndices(indices), y);

    /// <inheritdoc cref="Gather(int, int, int, int, int, int, GpuBuffer{float}, GpuBuffer{int}, GpuBuffer{float})"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public void Gather(int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> x, GpuBuffer<float> indices, GpuBuffer<float> y)
    {
        IndexedSizes.RequireExact(size);
        Gather(new(batch, size, count, inner, indexBatch, indexInner), x, new GpuFloatIndices(indices), y);
    }

    /// <inheritdoc cref="Indexing.ScatterSum(int, int, int, int, int, int, Buffer{float}, Buffer{int}, Buffer{float}, int)" path="/summary"/>
    /// <param name="batch">The number of tables.</param>
    /// <param name="size">The rows of each.</param>
    /// <param name="count">The number of indices into each.</param>
    /// <param name="inner">The length of a row.</param>
    /// <param name="indexBatch">The distance between the indices of two tables; 0 where all have the same.</param>
    /// <param name="indexInner">The indices of a row: 1 for all of it, or one for each element.</param>
    /// <param name="source">What goes to the indices.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="y">Receives the sums.</param>
    public void ScatterSum(int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> source, GpuBuffer<int> indices, GpuBuffer<float> y) =>
        Scatter(new(batch, size, count, inner, indexBatch, indexInner), isSum: true, source, source, new GpuIntIndices(indices), y);

    /// <inheritdoc cref="ScatterSum(int, int, int, int, int, int, GpuBuffer{float}, GpuBuffer{int}, GpuBuffer{float})"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public void ScatterSum(int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> source, GpuBuffer<float> indices, GpuBuffer<float> y)
    {
        IndexedSizes.RequireExact(size);
        Scatter(new(batch, size, count, inner, indexBatch, indexInner), isSum: true, source, source, new GpuFloatIndices(indices), y);
    }

    /// <inheritdoc cref="Indexing.Scatter(int, int, int, int, int, int, Buffer{float}, Buffer{float}, Buffer{int}, Buffer{float}, int)" path="/summary"/>
    /// <param name="batch">The number of tables.</param>
    /// <param name="size">The rows of each.</param>
    /// <param name="count">The number of indices into each.</param>
    /// <param name="inner">The length of a row.</param>
    /// <param name="indexBatch">The distance between the indices of two tables; 0 where all have the same.</param>
    /// <param name="indexInner">The indices of a row: 1 for all of it, or one for each element.</param>
    /// <param name="x">The tables.</param>
    /// <param name="source">What goes to the indices.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="y">Receives the tables with what is new.</param>
    public void Scatter(
        int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> x, GpuBuffer<float> source, GpuBuffer<int> indices, GpuBuffer<float> y) =>
        Scatter(new(batch, size, count, inner, indexBatch, indexInner), isSum: false, x, source, new GpuIntIndices(indices), y);

    /// <inheritdoc cref="Scatter(int, int, int, int, int, int, GpuBuffer{float}, GpuBuffer{float}, GpuBuffer{int}, GpuBuffer{float})"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public void Scatter(
        int batch, int size, int count, int inner, int indexBatch, int indexInner, GpuBuffer<float> x, GpuBuffer<float> source, GpuBuffer<float> indices, GpuBuffer<float> y)
    {
        IndexedSizes.RequireExact(size);
        Scatter(new(batch, size, count, inner, indexBatch, indexInner), isSum: false, x, source, new GpuFloatIndices(indices), y);
    }

    private void Gather<TIndices>(GpuIndexedSizes sizes, GpuBuffer<float> x, TIndices indices, GpuBuffer<float> y)
        where TIndices : struct, IGpuIndices
    {
        GpuGrid.Checked((long)sizes.Batch * sizes.Size * sizes.Inner, Name);
        int elements = GpuGrid.Checked((long)sizes.Batch * sizes.Count * sizes.Inner, Name);
        if (elements > 0)
        {
            Launch(GpuGather<TIndices>.Kernel, GpuGrid.OfElements(elements, Capabilities), 1, GpuGrid.Threads, new(sizes, elements, x, indices, y));
        }
    }

    private void Scatter<TIndices>(GpuIndexedSizes sizes, bool isSum, GpuBuffer<float> x, GpuBuffer<float> source, TIndices indices, GpuBuffer<float> y)
        where TIndices : struct, IGpuIndices
    {
        GpuGrid.Checked((long)sizes.Batch * sizes.Count * sizes.Inner, Name);
        int elements = GpuGrid.Checked((long)sizes.Batch * sizes.Size * sizes.Inner, Name);
        if (elements > 0)
        {
            int columns = sizes.Batch * sizes.Inner;
            int rows = GpuGrid.Blocks(sizes.Size, Math.Max(ThreadsPerMultiprocessor * Capabilities.Multiprocessors / columns, 1));
            int parts = GpuGrid.Blocks(sizes.Size, rows);
            Launch(GpuScatter<TIndices>.Kernel, GpuGrid.OfElements(parts * columns, Capabilities), 1, GpuGrid.Threads, new(sizes, parts, rows, isSum, x, source, indices, y));
        }
    }
}
