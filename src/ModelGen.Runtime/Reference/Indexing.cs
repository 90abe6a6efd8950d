using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[p] = x[q]</c>, where <c>q</c> is <c>p</c> with the index at <c>p</c> in the place of an axis</summary>
internal readonly struct Gather(int axis, NdArray<int> indices) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int along = Indexing.Along(nameof(Gather), axis, x.Shape, indices.Shape);
        Indexing.Check(nameof(Gather), indices, x.Shape[along]);
        var y = new NdArray<T>(indices.Shape);
        foreach (int[] p in Shapes.Positions(indices.Shape)) y[p] = x[Indexing.With(p, along, indices[p])];
        return y;
    }
}

/// <summary><c>y = x</c>, but <c>y[q] = source[p]</c>, where <c>q</c> is <c>p</c> with the index at <c>p</c> in the place of an axis; the last of equal ones counts</summary>
internal readonly struct Scatter(int axis, NdArray<int> indices) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0], source = inputs[1];
        int along = Indexing.Along(nameof(Scatter), axis, x.Shape, indices.Shape);
        if (source.Rank != indices.Rank || indices.Shape.Where((size, other) => size > source.Shape[other]).Any())
            throw new ArgumentException($"Scatter: the source {source} has not an element for every index of {indices}.");

        Indexing.Check(nameof(Scatter), indices, x.Shape[along]);
        var y = new NdArray<T>([.. x.Values], x.Shape);
        foreach (int[] p in Shapes.Positions(indices.Shape)) y[Indexing.With(p, along, indices[p])] = source.From(p)[0];
        return y;
    }
}

/// <summary><c>y[.., j, ..] = x[.., indices[j], ..]</c> at an axis</summary>
internal readonly struct IndexSelect(int axis, NdArray<int> indices) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int along = Shapes.Axis(nameof(IndexSelect), axis, x.Shape);
        if (indices.Rank != 1) throw new ArgumentException($"IndexSelect: the indices {indices} must be a list.");

        Indexing.Check(nameof(IndexSelect), indices, x.Shape[along]);
        var y = new NdArray<T>(Indexing.With(x.Shape, along, indices.Shape[0]));
        foreach (int[] p in Shapes.Positions(y.Shape)) y[p] = x[Indexing.With(p, along, indices.Values[p[along]])];
        return y;
    }
}

/// <summary>What words with indices share.</summary>
internal static class Indexing
{
    /// <summary>The indexed axis, counted from the start. Indices have as many axes as the tensor, and reach no further along any other.</summary>
    public static int Along(string word, int axis, int[] x, int[] indices)
    {
        int along = Shapes.Axis(word, axis, x);
        if (x.Length != indices.Length || indices.Where((size, other) => other != along && size > x[other]).Any())
            throw new ArgumentException($"{word}: indices {Shapes.Text(indices)} reach beyond {Shapes.Text(x)} beside axis {along}, or have other axes.");

        return along;
    }

    /// <summary>Checks all indices, so that an error changes nothing.</summary>
    public static void Check(string word, NdArray<int> indices, int limit)
    {
        foreach (int[] p in Shapes.Positions(indices.Shape)) Index(word, indices, p, limit);
    }

    /// <summary>The index at a position.</summary>
    public static int Index(string word, NdArray<int> indices, int[] p, int limit)
    {
        int index = indices[p];
        if (index < 0 || index >= limit)
            throw Shapes.Outside(nameof(indices), index, $"{word}: the index at {Shapes.Text(p)} is {index}; indices are 0 to {limit - 1}.");

        return index;
    }

    /// <summary>A position with another index at an axis.</summary>
    public static int[] With(int[] p, int axis, int index)
    {
        int[] q = [.. p];
        q[axis] = index;
        return q;
    }
}
