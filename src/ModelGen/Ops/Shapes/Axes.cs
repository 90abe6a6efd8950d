using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>Two axes, <c>a</c> and <c>b</c>, change places.</summary>
internal sealed class Transpose : CompositeOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        return context.TryAxis(context.Attributes.Get<int>("a"), x.Rank, out int a) & context.TryAxis(context.Attributes.Get<int>("b"), x.Rank, out int b)
            ? x.With(a, x[b]).With(b, x[a])
            : x;
    }

    public override Node Lower(LowerContext context)
    {
        int rank = context.Input.Shape.Rank;
        int a = AxisCount.FromStart(context.Attributes.Get<int>("a"), rank);
        int b = AxisCount.FromStart(context.Attributes.Get<int>("b"), rank);
        return context.Builder.Permute(context.Input, Enumerable.Range(0, rank).Select(axis => axis == a ? b : axis == b ? a : axis));
    }
}

/// <summary>The axes from <c>start</c> to <c>end</c>, both included, as one; of a single number a vector of one element.</summary>
internal sealed class Flatten : CompositeOp
{
    public override AttributeSet LayerDefaults { get; } = AttributeSet.Of("start", 1);

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        if (x.Rank == 0)
        {
            return Shape.Of(Dim.One);
        }

        if (!context.TryAxis(context.Attributes.Get("start", 0), x.Rank, out int start) | !context.TryAxis(context.Attributes.Get("end", -1), x.Rank, out int end))
        {
            return x;
        }

        return start > end
            ? context.Mismatch($"Flatten joins the axes {Text(start)} to {Text(end)} of {context.Named(0)} and the first lies behind the last: change places", x)
            : Shape.Of(x.Take(start).Append(Dim.Product(x.Skip(start).Take(end - start + 1))).Concat(x.Skip(end + 1)));
    }

    public override Node Lower(LowerContext context) => context.Builder.Reshape(context.Input, context.Node.Shape);

    private static string Text(int axis) => axis.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Without the axes of size 1: all of them, or those of <c>axis</c> or <c>axes</c> that have that size.</summary>
internal sealed class Squeeze : CompositeOp
{
    public override string? ListName => "axes";

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        IEnumerable<int> named = context.Attributes.Has("axis") ? [context.Attributes.Get<int>("axis")] : context.Attributes.Axes("axes");
        bool isNamed = context.Attributes.Has("axis") || context.Attributes.Has("axes");
        int[] axes = isNamed ? [.. Existing(context, named, x.Rank)] : [.. Enumerable.Range(0, x.Rank)];
        int open = System.Array.FindIndex(axes, axis => !x[axis].IsConstant);
        if (open >= 0)
        {
            return context.Mismatch(
                $"Squeeze takes away axes of size 1, and whether {x[axes[open]]} is 1 only a call can tell: {context.Describe(0)}. Name the axes to take away, without that one", x);
        }

        return x.Without(axes.Where(axis => x[axis] == Dim.One));
    }

    public override Node Lower(LowerContext context) => context.Builder.Reshape(context.Input, context.Node.Shape);

    private static IEnumerable<int> Existing(ShapeContext context, IEnumerable<int> axes, int rank)
    {
        foreach (int axis in axes)
        {
            if (context.TryAxis(axis, rank, out int counted))
            {
                yield return counted;
            }
        }
    }
}

/// <summary>One more axis, of size 1, at <c>axis</c> of the result.</summary>
internal sealed class Unsqueeze : CompositeOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        return context.TryAxis(context.Attributes.Get<int>("axis"), x.Rank + 1, out int axis) ? Shape.Of(x.Take(axis).Append(Dim.One).Concat(x.Skip(axis))) : x;
    }

    public override Node Lower(LowerContext context) => context.Builder.Reshape(context.Input, context.Node.Shape);
}

/// <summary>Axes of size 1 repeated to the dimensions of <c>shape</c>, where −1 keeps a size; axes that <c>x</c> lacks come in front.</summary>
internal sealed class Expand : CompositeOp
{
    public override string? ListName => "shape";

    public override ImmutableArray<string> DimNames { get; } = ["shape"];

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        ImmutableArray<Dim> wanted = context.Attributes.Dims("shape");
        int shift = wanted.Length - x.Rank;
        bool fits = shift >= 0 && wanted.Select((dim, axis) => axis < shift ? dim != Kept : dim == Kept || dim == x[axis - shift] || x[axis - shift] == Dim.One).All(isFit => isFit);
        return fits
            ? Shape.Of(wanted.Select((dim, axis) => dim == Kept ? x[axis - shift] : dim))
            : context.Mismatch(
                $"Expand cannot repeat {context.Named(0)} to [{string.Join(", ", wanted)}]: aligned at the last axis, every dimension must stay, be -1, or be 1 before",
                Shape.Of(wanted.Select(dim => dim == Kept ? Dim.One : dim)));
    }

    public override Node Lower(LowerContext context)
    {
        Shape shape = context.Node.Shape;
        Node x = context.Input;
        return x.Shape.Rank == 0 ? context.Builder.Broadcast(x, shape, []) : Broadcasting.To(context.Builder, x, shape);
    }

    private static Dim Kept { get; } = Dim.Of(-1);
}

/// <summary>Tensors of one shape along a new axis, at <c>axis</c> of the result.</summary>
internal sealed class Stack : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["tensors*"];

    public override Shape InferShape(ShapeContext context)
    {
        if (context.Inputs.IsEmpty)
        {
            return context.Mismatch("Stack has nothing to join: pass at least one tensor", Shape.Scalar);
        }

        Shape first = context.Input();
        int other = Enumerable.Range(0, context.Inputs.Length).FirstOrDefault(index => context.Input(index) != first);
        if (other > 0)
        {
            return context.Mismatch($"Stack needs tensors of one shape: {context.Describe(0)}, but {context.Describe(other)}. Change one of the shapes, or join them with Concat", first);
        }

        return context.TryAxis(context.Attributes.Get<int>("axis"), first.Rank + 1, out int axis)
            ? Shape.Of(first.Take(axis).Append(Dim.Of(context.Inputs.Length)).Concat(first.Skip(axis)))
            : first;
    }

    public override Node Lower(LowerContext context)
    {
        int axis = AxisCount.FromStart(context.Attributes.Get<int>("axis"), context.Node.Shape.Rank);
        Shape part = context.Node.Shape.With(axis, Dim.One);
        return context.Builder.Concat(axis, [.. context.Inputs.Select(input => context.Builder.Reshape(input, part))]);
    }
}

/// <summary>Axes that are counted from the end.</summary>
internal static class AxisCount
{
    /// <summary>An axis that exists, counted from the start.</summary>
    public static int FromStart(int axis, int rank) => axis < 0 ? axis + rank : axis;
}
