using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[.., j, .., i, ..] = x[.., i, .., j, ..]</c> at two axes</summary>
internal readonly struct Transpose(int a, int b) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        int[] shape = inputs[0].Shape;
        int[] order = [.. Enumerable.Range(0, shape.Length)];
        int first = Shapes.Axis(nameof(Transpose), a, shape), second = Shapes.Axis(nameof(Transpose), b, shape);
        (order[first], order[second]) = (order[second], order[first]);
        return new Permute(order).Run(inputs);
    }
}

/// <summary>The same elements with the axes from <c>start</c> to <c>end</c>, both included, as one</summary>
internal readonly struct Flatten(int start, int end) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        if (x.Rank == 0) return x.As([1]);

        int first = Shapes.Axis(nameof(Flatten), start, x.Shape), last = Shapes.Axis(nameof(Flatten), end, x.Shape);
        if (first > last) throw new ArgumentException($"Flatten: of the axes {start} and {end} of {x}, the first lies behind the last.");

        return x.As([.. x.Shape[..first], Shapes.Count(x.Shape.AsSpan(first..(last + 1))), .. x.Shape[(last + 1)..]]);
    }
}

/// <summary>The same elements without axes of size 1: those named, or all</summary>
internal readonly struct Squeeze(int[]? axes) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] named = axes is null ? [.. Enumerable.Range(0, x.Rank)] : [.. axes.Select(axis => Shapes.Axis(nameof(Squeeze), axis, x.Shape))];
        return x.As([.. x.Shape.Where((size, axis) => size != 1 || !named.Contains(axis))]);
    }
}

/// <summary>The same elements with one more axis of size 1</summary>
internal readonly struct Unsqueeze(int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int at = Shapes.NewAxis(nameof(Unsqueeze), axis, x.Shape);
        return x.As([.. x.Shape[..at], 1, .. x.Shape[at..]]);
    }
}

/// <summary>Axes of size 1 repeated to a shape, in which −1 keeps a size</summary>
internal readonly struct Expand(int[] shape) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int shift = shape.Length - x.Rank;
        int[] wanted = shape;
        bool fits = shift >= 0 && shape.Select((size, axis) => axis < shift ? size >= 0 : size == -1 || size == x.Shape[axis - shift] || (x.Shape[axis - shift] == 1 && size >= 0)).All(fit => fit);
        if (!fits) throw new ArgumentException($"Expand: {x} cannot be repeated to {Shapes.Text(wanted)}.");

        var y = new NdArray<T>([.. shape.Select((size, axis) => size == -1 ? x.Shape[axis - shift] : size)]);
        foreach (int[] p in Shapes.Positions(y.Shape)) y[p] = x[p];
        return y;
    }
}

/// <summary>Tensors of one shape along a new axis</summary>
internal readonly struct Stack(int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (inputs.IsEmpty) throw new ArgumentException("Stack: give at least one tensor.", nameof(inputs));

        int[] shape = inputs[0].Shape;
        int at = Shapes.NewAxis(nameof(Stack), axis, shape);
        var parts = new NdArray<T>[inputs.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            Shapes.RequireSame(nameof(Stack), shape, inputs[i].Shape);
            parts[i] = inputs[i].As([.. shape[..at], 1, .. shape[at..]]);
        }

        return new Concat(at).Run<T>(parts);
    }
}
