using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[.., i, ..] = x[.., start + i, ..]</c> for <c>i &lt; length</c> at an axis</summary>
internal readonly struct Slice(int axis, int start, int length) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int along = Shapes.Axis(nameof(Slice), axis, x.Shape);
        int size = x.Shape[along];
        int first = start < 0 ? start + size : start;
        if (first < 0 || length < 0 || first > size - length) throw Outside(along, x.Shape);

        TensorIndex[] indices = [.. Enumerable.Repeat<TensorIndex>(Range.All, along), first..(first + length)];
        return Part.Of(x, indices);
    }

    private ArgumentOutOfRangeException Outside(int along, int[] shape) =>
        Shapes.Outside(nameof(start), start, $"Slice: {length} positions from {start} on lie outside axis {along} of {Shapes.Text(shape)}.");
}

/// <summary><c>y = x[i, j..k, ..]</c>: an index drops its axis, a range keeps it, axes that are not named are taken whole</summary>
internal readonly struct Part(TensorIndex[] indices) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Of(inputs[0], indices);
    }

    public static NdArray<T> Of<T>(NdArray<T> x, TensorIndex[] indices)
    {
        if (indices.Length > x.Rank)
            throw new ArgumentOutOfRangeException(
                nameof(indices), $"[{string.Join(", ", indices)}] names {indices.Length} axes, but {x} has {x.Rank}.");

        (int Start, int Length)[] taken = [.. x.Shape.Select((size, axis) => axis < indices.Length ? indices[axis].On(axis, x.Shape) : (0, size))];
        var y = new NdArray<T>([.. taken.Select(part => part.Length)]);
        int[] q = new int[x.Rank];
        foreach (int[] p in Shapes.Positions(y.Shape))
        {
            for (int axis = 0; axis < q.Length; axis++) q[axis] = taken[axis].Start + p[axis];
            y[p] = x[q];
        }

        return y.As([.. y.Shape.Where((_, axis) => axis >= indices.Length || indices[axis].IsRange)]);
    }
}
