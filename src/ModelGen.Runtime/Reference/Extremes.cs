using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = max x</c> along axes; NaN where there is one</summary>
internal readonly struct Max(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Extreme.Of(nameof(Max), inputs[0], axes, keepDims, T.NegativeInfinity, T.Max);
    }
}

/// <summary><c>y = min x</c> along axes; NaN where there is one</summary>
internal readonly struct Min(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Extreme.Of(nameof(Min), inputs[0], axes, keepDims, T.PositiveInfinity, T.Min);
    }
}

/// <summary>The index of the greatest element along an axis, or of all: the first of equal ones, or the first NaN</summary>
internal readonly struct ArgMax(int? axis, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Extreme.IndexOf(nameof(ArgMax), inputs[0], axis, keepDims, (x, best) => x > best);
    }
}

/// <summary>The index of the smallest element along an axis, or of all: the first of equal ones, or the first NaN</summary>
internal readonly struct ArgMin(int? axis, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Extreme.IndexOf(nameof(ArgMin), inputs[0], axis, keepDims, (x, best) => x < best);
    }
}

/// <summary>What reductions have in common that compare.</summary>
internal static class Extreme
{
    /// <summary>As many as a float counts without a gap: kernels count in floats.</summary>
    private const int MostElements = 1 << 24;

    public static NdArray<T> Of<T>(string word, NdArray<T> x, int[]? axes, bool keepDims, T start, Func<T, T, T> step)
    {
        int[] reduced = Reduction.Axes(word, axes, x.Shape);
        RequireElements(word, x, reduced);
        return Reduction.Fold(x, reduced, keepDims, start, step);
    }

    public static NdArray<T> IndexOf<T>(string word, NdArray<T> x, int? axis, bool keepDims, Func<T, T, bool> isBetter)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> rows = axis is null ? x.As([x.Values.Length]) : x;
        int[] reduced = [axis is { } given ? Shapes.Axis(word, given, x.Shape) : 0];
        RequireElements(word, rows, reduced);
        if (rows.Shape[reduced[0]] > MostElements) throw new ArgumentException($"{word}: {x} has more than {MostElements} elements to count.");

        NdArray<T> best = Reduction.Fold(rows, reduced, keepDims: true, T.Zero, (_, value) => value);
        var index = new NdArray<T>(best.Shape);
        var isFirst = new HashSet<int>(Enumerable.Range(0, best.Values.Length));
        foreach (int[] p in Shapes.Positions(rows.Shape))
        {
            T value = rows[p];
            if (isFirst.Remove(best.Offset(p)) || (!T.IsNaN(best[p]) && (T.IsNaN(value) || isBetter(value, best[p]))))
            {
                best[p] = value;
                index[p] = T.CreateChecked(p[reduced[0]]);
            }
        }

        return keepDims ? index : index.As([.. rows.Shape.Where((_, at) => at != reduced[0])]);
    }

    private static void RequireElements<T>(string word, NdArray<T> x, int[] reduced)
    {
        if (reduced.Any(axis => x.Shape[axis] == 0)) throw new ArgumentException($"{word}: {x} has no elements to compare.");
    }
}
