using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>
/// Where the elements of a value lie: in the memory of <paramref name="Root"/>, at <c>offset + Σ index · stride</c>. Ops that only move elements
/// become addresses, and cost nothing.
/// </summary>
/// <param name="Strides">One per axis of the value.</param>
internal sealed record ValueAddress(Node Root, Dim Offset, ImmutableArray<Dim> Strides)
{
    /// <summary>Gets a value indicating whether elements may lie before the offset: then it is no place that a buffer may begin at.</summary>
    public bool IsReversed { get; init; }

    public static ValueAddress Of(Node node) => node.Op switch
    {
        ReshapeTo => Reshaped(Of(node.Input), node),
        PermuteTo => Permuted(Of(node.Input), node.Attributes.Axes("order")),
        SliceOf => Sliced(Of(node.Input), node.Attributes.Get<int>("axis"), node.Attributes.Get<Dim>("start")),
        Broadcast => Repeated(Of(node.Input), node),
        FlipOf => Reversed(Of(node.Input), node),
        _ => new ValueAddress(node, Dim.Zero, Contiguous(node.Shape)),
    };

    /// <summary>The strides of elements that lie one after another.</summary>
    public static ImmutableArray<Dim> Contiguous(Shape shape)
    {
        Dim[] strides = new Dim[shape.Rank];
        Dim stride = Dim.One;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= shape[axis];
        }

        return [.. strides];
    }

    /// <summary>Whether the elements of a value of this shape lie one after another.</summary>
    public bool IsContiguous(Shape shape)
    {
        ImmutableArray<Dim> contiguous = Contiguous(shape);
        return Enumerable.Range(0, shape.Rank).All(axis => shape[axis] == Dim.One || Strides[axis] == contiguous[axis]);
    }

    /// <summary>Whether a reshape of the value is still an address.</summary>
    public static bool CanReshape(Node value, Shape shape) => Of(value).IsContiguous(value.Shape) || WithoutOnes(value.Shape).SequenceEqual(WithoutOnes(shape));

    private static ValueAddress Reshaped(ValueAddress source, Node node)
    {
        if (source.IsContiguous(node.Input.Shape))
        {
            return source with { Strides = Contiguous(node.Shape) };
        }

        ImmutableArray<Dim> strides = [.. source.Strides.Where((_, axis) => node.Input.Shape[axis] != Dim.One)];
        int next = 0;
        return source with { Strides = [.. node.Shape.Select(dim => dim == Dim.One ? Dim.Zero : strides[next++])] };
    }

    private static Dim[] WithoutOnes(Shape shape) => [.. shape.Where(dim => dim != Dim.One)];

    private static ValueAddress Permuted(ValueAddress source, ImmutableArray<int> order) => source with { Strides = [.. order.Select(axis => source.Strides[axis])] };

    private static ValueAddress Sliced(ValueAddress source, int axis, Dim start) => source with { Offset = source.Offset + (start * source.Strides[axis]) };

    /// <summary>Backwards from the last element of every reversed axis.</summary>
    private static ValueAddress Reversed(ValueAddress source, Node node)
    {
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        Dim last = axes.Aggregate(Dim.Zero, (sum, axis) => sum + ((node.Shape[axis] - 1) * source.Strides[axis]));
        ImmutableArray<Dim> strides = [.. source.Strides.Select((stride, axis) => axes.Contains(axis) ? Dim.Zero - stride : stride)];
        return new ValueAddress(source.Root, source.Offset + last, strides) { IsReversed = true };
    }

    private static ValueAddress Repeated(ValueAddress source, Node node)
    {
        Dim[] strides = [.. node.Shape.Select(_ => Dim.Zero)];
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        for (int axis = 0; axis < axes.Length; axis++)
        {
            strides[axes[axis]] = node.Input.Shape[axis] == node.Shape[axes[axis]] ? source.Strides[axis] : Dim.Zero;
        }

        return source with { Strides = [.. strides] };
    }
}
