using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>The same elements in the same order with the dimensions of <c>shape</c>, one of which may be −1: what is left.</summary>
internal sealed class Reshape : CompositeOp
{
    public override string? ListName => "shape";

    public override ImmutableArray<string> DimNames { get; } = ["shape"];

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        ImmutableArray<Dim> wanted = context.Attributes.Dims("shape");
        int open = wanted.IndexOf(Dim.Of(-1));
        Dim known = Dim.Product(wanted.Where(dim => dim != Dim.Of(-1)));
        if (wanted.Count(dim => dim == Dim.Of(-1)) > 1 || (open < 0 && known != x.Size) || !x.Size.TryDivide(known, out Dim rest))
        {
            return context.Mismatch(
                $"Reshape cannot read {context.Named(0)} as [{string.Join(", ", wanted)}]: the number of elements is {x.Size}. "
                + "Give dimensions with that product, at most one of them -1",
                Shape.Of(wanted.Select(dim => dim == Dim.Of(-1) ? Dim.One : dim)));
        }

        return Shape.Of(wanted.Select(dim => dim == Dim.Of(-1) ? rest : dim));
    }

    public override Node Lower(LowerContext context) => context.Builder.Reshape(context.Input, context.Node.Shape);
}

/// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c> of the input.</summary>
internal sealed class Permute : CompositeOp
{
    public override string? ListName => "order";

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        int[] order = [.. Order(context.Attributes, x.Rank)];
        if (!order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, x.Rank)))
        {
            return context.Mismatch(
                $"Permute must name every axis of {context.Named(0)} once, and [{string.Join(", ", order)}] does not: name the axes 0 to {x.Rank - 1}", x);
        }

        return Shape.Of(order.Select(axis => x[axis]));
    }

    public override Node Lower(LowerContext context) => context.Builder.Permute(context.Input, Order(context.Attributes, context.Input.Shape.Rank));

    private static IEnumerable<int> Order(AttributeSet attributes, int rank) => attributes.Axes("order").Select(axis => axis < 0 ? axis + rank : axis);
}

/// <summary>The tensors one after another along <c>axis</c>.</summary>
internal sealed class Concat : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["tensors*"];

    public override Shape InferShape(ShapeContext context)
    {
        if (context.Inputs.IsEmpty)
        {
            return context.Mismatch("Concat has nothing to join: pass at least one tensor", Shape.Scalar);
        }

        Shape first = context.Input();
        if (!context.TryAxis(context.Attributes.Get<int>("axis"), first.Rank, out int axis))
        {
            return first;
        }

        Dim length = Dim.Zero;
        for (int index = 0; index < context.Inputs.Length; index++)
        {
            Shape other = context.Input(index);
            if (other.Rank != first.Rank || other.With(axis, Dim.One) != first.With(axis, Dim.One))
            {
                return context.Mismatch(
                    $"Concat along axis {axis.ToString(CultureInfo.InvariantCulture)} needs tensors that agree in every other axis: {context.Describe(0)}, "
                    + $"but {context.Describe(index)}. Change one of the shapes, or the axis",
                    first);
            }

            length += other[axis];
        }

        return first.With(axis, length);
    }

    public override Node Lower(LowerContext context)
    {
        int axis = context.Attributes.Get<int>("axis");
        return context.Builder.Concat(axis < 0 ? axis + context.Node.Shape.Rank : axis, [.. context.Inputs]);
    }
}

/// <summary>The <c>length</c> elements from <c>start</c> on along <c>axis</c>.</summary>
internal sealed class Slice : CompositeOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        if (!context.TryAxis(context.Attributes.Get<int>("axis"), x.Rank, out int axis))
        {
            return x;
        }

        int start = context.Attributes.Get<int>("start");
        int length = context.Attributes.Get<int>("length");
        if (start < 0 || length < 0 || (x[axis].IsConstant && start + length > x[axis].Value))
        {
            return context.Mismatch(
                $"Slice takes the elements {start} to {start + length} of axis {axis}, which {context.Named(0)} does not have: keep start and start + length within {x[axis]}",
                x.With(axis, length));
        }

        return x.With(axis, length);
    }

    public override Node Lower(LowerContext context)
    {
        int axis = context.Attributes.Get<int>("axis");
        Dim start = context.Attributes.Get<int>("start");
        return context.Builder.Slice(context.Input, axis < 0 ? axis + context.Node.Shape.Rank : axis, start, context.Attributes.Get<int>("length"));
    }
}
