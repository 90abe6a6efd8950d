using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A word that works along one axis, the last unless <c>axis</c> says otherwise, and keeps the shape.</summary>
internal abstract class AlongAxis : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        context.TryAxis(context.Attributes.Get("axis", -1), context.Input().Rank, out _);
        return context.Input();
    }

    public override Node Lower(LowerContext context)
    {
        int rank = context.Input.Shape.Rank;
        int axis = context.Attributes.Get("axis", -1);
        return Lower(context.Builder, context.Input, axis < 0 ? axis + rank : axis);
    }

    protected abstract Node Lower(GraphBuilder builder, Node x, int axis);
}

/// <summary><c>yᵢ = exp(xᵢ − m) / Σⱼ exp(xⱼ − m)</c>, where <c>m = max x</c>.</summary>
/// <remarks>The sum is 1 at least, so its reciprocal is a normal number: one quotient for each row instead of one for each element.</remarks>
internal sealed class Softmax : AlongAxis
{
    protected override Node Lower(GraphBuilder builder, Node x, int axis)
    {
        Node largest = builder.LargestAlong(x, axis);
        Node shifted = builder.Part("Shifted", part => part.Sub(x, largest));
        Node exp = builder.Part("Exp", part => part.Elementwise<Exp>(shifted));
        Node total = builder.Part("Total", part => part.Sum(exp, [axis]));
        Node share = builder.Part("Share", part => part.Div(part.Constant(1), total));
        return builder.Mul(exp, builder.Along(share, x.Shape, axis));
    }
}

/// <summary><c>yᵢ = xᵢ − m − ln Σⱼ exp(xⱼ − m)</c>, where <c>m = max x</c>.</summary>
internal sealed class LogSoftmax : AlongAxis
{
    protected override Node Lower(GraphBuilder builder, Node x, int axis)
    {
        Node largest = builder.LargestAlong(x, axis);
        Node shifted = builder.Part("Shifted", part => part.Sub(x, largest));
        Node total = builder.Part("Total", part => part.Sum(part.Elementwise<Exp>(shifted), [axis]));
        Node logSum = builder.Part("LogTotal", part => part.Elementwise<Log>(total));
        return builder.Sub(shifted, builder.Along(logSum, x.Shape, axis));
    }
}

/// <summary>Pieces that several composites share.</summary>
internal static class RowPieces
{
    /// <summary>Repeats a value that was reduced over one axis along that axis.</summary>
    public static Node Along(this GraphBuilder builder, Node reduced, Shape shape, int axis) =>
        builder.Broadcast(reduced, shape, Enumerable.Range(0, shape.Rank).Where(kept => kept != axis));

    /// <summary>Repeats a value that was reduced over several axes along those axes.</summary>
    public static Node Along(this GraphBuilder builder, Node reduced, Shape shape, ImmutableArray<int> axes) =>
        builder.Broadcast(reduced, shape, Enumerable.Range(0, shape.Rank).Except(axes));

    /// <summary>The minimum over axes: the maximum of the negative, because kernels know no minimum along rows.</summary>
    public static Node Min(this GraphBuilder builder, Node x, ImmutableArray<int> axes) =>
        builder.Elementwise<Neg>(builder.Part("Greatest", part => part.Max(part.Elementwise<Neg>(x), axes)));

    /// <summary>The largest element along an axis, repeated along it. It only shifts, so no gradient flows through it.</summary>
    public static Node LargestAlong(this GraphBuilder builder, Node x, int axis) =>
        builder.Along(builder.Stop(builder.Part("Largest", part => part.Max(x, [axis]))), x.Shape, axis);

    /// <summary>The mean over axes.</summary>
    public static Node Mean(this GraphBuilder builder, Node x, System.Collections.Generic.IEnumerable<int> axes)
    {
        int[] reduced = [.. axes];
        return builder.Div(builder.Sum(x, reduced), builder.DimValue(Dim.Product(reduced.Select(axis => x.Shape[axis]))));
    }

    /// <summary>The mean over all elements.</summary>
    public static Node MeanOfAll(this GraphBuilder builder, Node x) => builder.Mean(x, Enumerable.Range(0, x.Shape.Rank));
}
