using System;

namespace ModelGen.Cpu;

/// <summary>
/// Reads and writes at indices: <c>x [batch, size, inner]</c> is indexed along its middle axis, and <c>[batch, count, inner]</c> lies at the indices, which are
/// <c>[batch or 1, count, inner or 1]</c>. The entry has checked every index.
/// </summary>
public static class Indexing
{
    /// <summary><c>y[b, j, i] = x[b, indices[b, j, i], i]</c></summary>
    /// <param name="batch">The number of tables.</param>
    /// <param name="size">The rows of each.</param>
    /// <param name="count">The number of indices into each.</param>
    /// <param name="inner">The length of a row.</param>
    /// <param name="indexBatch">The distance between the indices of two tables; 0 where all have the same.</param>
    /// <param name="indexInner">The indices of a row: 1 for all of it, or one for each element.</param>
    /// <param name="x">The tables.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="y">Receives what lies there.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void Gather(int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> x, Buffer<int> indices, Buffer<float> y, int threads) =>
        Gather(new(batch, size, count, inner, indexBatch, indexInner), x, new IntIndices(indices), y, threads);

    /// <inheritdoc cref="Gather(int, int, int, int, int, int, Buffer{float}, Buffer{int}, Buffer{float}, int)"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public static void Gather(int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> x, Buffer<float> indices, Buffer<float> y, int threads)
    {
        IndexedSizes.RequireExact(size);
        Gather(new(batch, size, count, inner, indexBatch, indexInner), x, new FloatIndices(indices), y, threads);
    }

    /// <summary><c>y[b, n, i] = Σ source[b, j, i]</c> over the <c>j</c> whose index is <c>n</c>, in ascending order.</summary>
    /// <param name="batch">The number of tables.</param>
    /// <param name="size">The rows of each.</param>
    /// <param name="count">The number of indices into each.</param>
    /// <param name="inner">The length of a row.</param>
    /// <param name="indexBatch">The distance between the indices of two tables; 0 where all have the same.</param>
    /// <param name="indexInner">The indices of a row: 1 for all of it, or one for each element.</param>
    /// <param name="source">What goes to the indices.</param>
    /// <param name="indices">The indices.</param>
    /// <param name="y">Receives the sums.</param>
    /// <param name="threads">The most threads to use.</param>
    public static void ScatterSum(int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> source, Buffer<int> indices, Buffer<float> y, int threads) =>
        Scatter<IntIndices, AddTo>(new(batch, size, count, inner, indexBatch, indexInner), default, source, new IntIndices(indices), y, threads);

    /// <inheritdoc cref="ScatterSum(int, int, int, int, int, int, Buffer{float}, Buffer{int}, Buffer{float}, int)"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public static void ScatterSum(int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> source, Buffer<float> indices, Buffer<float> y, int threads)
    {
        IndexedSizes.RequireExact(size);
        Scatter<FloatIndices, AddTo>(new(batch, size, count, inner, indexBatch, indexInner), default, source, new FloatIndices(indices), y, threads);
    }

    /// <summary><c>y = x</c>, but <c>y[b, indices[b, j, i], i] = source[b, j, i]</c>, the <c>j</c> in ascending order.</summary>
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
    /// <param name="threads">The most threads to use.</param>
    public static void Scatter(
        int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> x, Buffer<float> source, Buffer<int> indices, Buffer<float> y, int threads) =>
        Scatter<IntIndices, Replace>(new(batch, size, count, inner, indexBatch, indexInner), x, source, new IntIndices(indices), y, threads);

    /// <inheritdoc cref="Scatter(int, int, int, int, int, int, Buffer{float}, Buffer{float}, Buffer{int}, Buffer{float}, int)"/>
    /// <exception cref="ArgumentException">Numbers cannot name every row exactly.</exception>
    public static void Scatter(
        int batch, int size, int count, int inner, int indexBatch, int indexInner, Buffer<float> x, Buffer<float> source, Buffer<float> indices, Buffer<float> y, int threads)
    {
        IndexedSizes.RequireExact(size);
        Scatter<FloatIndices, Replace>(new(batch, size, count, inner, indexBatch, indexInner), x, source, new FloatIndices(indices), y, threads);
    }

    private static void Gather<TIndices>(IndexedSizes sizes, Buffer<float> x, TIndices indices, Buffer<float> y, int threads)
        where TIndices : struct, IIndices
    {
        if (sizes.Inner > 0) // where rows are empty, so may be the indices
        {
            Launch.Rows(new GatherRows<TIndices>(sizes, x, indices, y), checked(sizes.Batch * sizes.Count), sizes.Inner, threads);
        }
    }

    private static void Scatter<TIndices, TChange>(IndexedSizes sizes, Buffer<float> x, Buffer<float> source, TIndices indices, Buffer<float> y, int threads)
        where TIndices : struct, IIndices
        where TChange : struct, IChange
    {
        if (sizes.Inner == 0)
        {
            return; // where rows are empty, so may be the indices
        }

        if (sizes.IsPerElement)
        {
            int columns = checked(sizes.Batch * sizes.Inner);
            Launch.Rows(new ScatterColumns<TIndices, TChange>(sizes, x, source, indices, y), columns, sizes.Size + sizes.Count, threads);
        }
        else
        {
            int rows = checked(sizes.Batch * sizes.Size);
            Launch.Rows(new ScatterRows<TIndices, TChange>(sizes, x, source, indices, y), rows, sizes.ElementsPerRow(rows, threads), threads);
        }
    }
}
