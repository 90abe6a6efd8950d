using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[p, k] = 1</c> where <c>k</c> is the index at <c>p</c>, else 0</summary>
internal readonly struct OneHot(NdArray<int> indices, int count) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (count < 1) throw new ArgumentException($"OneHot: there are no rows of {count} numbers; give at least 1.");

        var y = new NdArray<T>([.. indices.Shape, count]);
        foreach (int[] p in Shapes.Positions(indices.Shape)) y[[.. p, Indexing.Index(nameof(OneHot), indices, p, count)]] = T.One;
        return y;
    }
}

/// <summary><c>y[.., i, j] = x[.., i, j]</c> where <c>j − i</c> is at most the diagonal, or at least, else 0</summary>
internal readonly struct Triangle(string word, bool isLower, int diagonal) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        if (x.Rank < 2) throw new ArgumentException($"{word}: {x} is no matrix; it needs two axes.");

        var y = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape))
        {
            int right = p[^1] - p[^2];
            if (isLower ? right <= diagonal : right >= diagonal) y[p] = x[p];
        }

        return y;
    }
}
