using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[.., i, ..] = x[.., n − 1 − i, ..]</c> at axes of size <c>n</c></summary>
internal readonly struct Flip(int[] axes) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] reversed = axes.Length == 0 ? [] : Shapes.Axes(nameof(Flip), axes, x.Shape);
        var y = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape)) y[p] = x[[.. p.Select((i, axis) => reversed.Contains(axis) ? x.Shape[axis] - 1 - i : i)]];
        return y;
    }
}

/// <summary><c>y[.., i, ..] = x[.., i mod n, ..]</c>, each axis repeated as often as said; counts and axes are aligned at the last</summary>
internal readonly struct Tile(int[] repeats) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (repeats.Any(count => count < 0)) throw new ArgumentException($"Tile: {Shapes.Text(repeats)} has a negative count.");

        int rank = Math.Max(repeats.Length, inputs[0].Rank);
        int[] counts = [.. Enumerable.Repeat(1, rank - repeats.Length), .. repeats];
        NdArray<T> x = inputs[0].As([.. Enumerable.Repeat(1, rank - inputs[0].Rank), .. inputs[0].Shape]);
        var y = new NdArray<T>([.. x.Shape.Select((size, axis) => size * counts[axis])]);
        foreach (int[] p in Shapes.Positions(y.Shape)) y[p] = x[[.. p.Select((i, axis) => i % x.Shape[axis])]];
        return y;
    }
}

/// <summary><c>y[p] = x[q]</c>, where <c>q</c> is the position <c>p</c> without what lies before, brought back into the tensor as the mode says</summary>
internal readonly struct Pad(int[] pads, PadMode mode, double value) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        if (pads.Length % 2 != 0 || pads.Length > 2 * x.Rank)
            throw new ArgumentException($"Pad: {Shapes.Text(pads)} must be two numbers for an axis, the last axis first, and {x} has {x.Rank}.");

        int[] shape = new int[x.Rank];
        for (int axis = 0; axis < x.Rank; axis++) shape[axis] = Padded(x.Shape, axis);

        var y = new NdArray<T>(shape);
        int[] q = new int[x.Rank];
        foreach (int[] p in Shapes.Positions(shape))
        {
            for (int axis = 0; axis < q.Length; axis++) q[axis] = Inside(p[axis] - Sides(x.Rank - 1 - axis).Before, x.Shape[axis]);
            y[p] = q.Contains(-1) ? T.CreateTruncating(value) : x[q];
        }

        return y;
    }

    private (int Before, int Behind) Sides(int fromLast) => 2 * fromLast < pads.Length ? (pads[2 * fromLast], pads[(2 * fromLast) + 1]) : (0, 0);

    private int Padded(int[] shape, int axis)
    {
        int size = shape[axis];
        (int before, int behind) = Sides(shape.Length - 1 - axis);
        int most = mode switch
        {
            PadMode.Reflect => Math.Max(size - 1, 0),
            PadMode.Circular => size,
            PadMode.Replicate when size == 0 => 0,
            _ => int.MaxValue,
        };
        if (before > most || behind > most || size + before + behind < 0)
            throw new ArgumentException($"Pad: {mode} cannot add {before} before and {behind} behind axis {axis} of {Shapes.Text(shape)}.");

        return size + before + behind;
    }

    /// <summary>The place of the element that is there or stands for one beyond the edge; −1 for the number.</summary>
    private int Inside(int at, int size) => mode switch
    {
        _ when at >= 0 && at < size => at,
        PadMode.Reflect => at < 0 ? -at : (2 * (size - 1)) - at,
        PadMode.Replicate => Math.Clamp(at, 0, size - 1),
        PadMode.Circular => at < 0 ? at + size : at - size,
        _ => -1,
    };
}
