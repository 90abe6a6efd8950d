using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A reduction over <c>axes</c>, which disappear.</summary>
internal abstract class ReduceOp : PrimitiveOp
{
    /// <summary>Repeats a reduced value to the shape it was reduced from.</summary>
    protected static Node Expand(GradientContext context, Node value)
    {
        ImmutableArray<int> axes = context.Attributes.Axes("axes");
        IEnumerable<int> kept = Enumerable.Range(0, context.Input.Shape.Rank).Except(axes);
        return context.Builder.Broadcast(value, context.Input.Shape, kept);
    }
}

/// <summary><c>y = Σ x</c></summary>
/// <remarks><c>dx = dy</c>, repeated.</remarks>
internal sealed class ReduceSum : ReduceOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => [Expand(context, context.DY)];
}

/// <summary><c>y = Π x</c></summary>
/// <remarks><c>dx = dy · y / x</c>; where x is 0, the product of all others, which is 0 where another is 0, too; 0 where another is 0, whatever x is.</remarks>
internal sealed class ReduceProduct : ReduceOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        GraphBuilder builder = context.Builder;
        ImmutableArray<int> axes = context.Attributes.Axes("axes");
        Node x = context.Input;
        Node isZero = builder.Elementwise<Equal>(x, builder.Constant(0));
        Node zeros = builder.Sum(isZero, axes);
        Node others = builder.Product(builder.Elementwise<Where>(isZero, builder.Constant(1), x), axes);
        Node ofZero = builder.Elementwise<Where>(builder.Elementwise<Equal>(zeros, builder.Constant(1)), builder.Mul(context.DY, others), builder.Constant(0));
        Node quotient = builder.Div(Expand(context, builder.Mul(context.DY, context.Node)), x);
        Node ofOther = builder.Elementwise<Where>(Expand(context, builder.Elementwise<Greater>(zeros, builder.Constant(0))), builder.Constant(0), quotient);
        return [builder.Elementwise<Where>(isZero, Expand(context, ofZero), ofOther)];
    }
}

/// <summary><c>y = max x</c></summary>
/// <remarks>The gradient goes to the largest elements; equal ones share it, as in PyTorch's <c>amax</c>.</remarks>
internal sealed class ReduceMax : ReduceOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        GraphBuilder builder = context.Builder;
        Node largest = builder.Elementwise<Equal>(context.Input, Expand(context, context.Node));
        Node share = builder.Div(context.DY, builder.Sum(largest, context.Attributes.Axes("axes")));
        return [builder.Mul(largest, Expand(context, share))];
    }
}
