using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>An op that moves elements and calculates nothing.</summary>
internal abstract class MoveOp : PrimitiveOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;
}

/// <summary>Axis <c>i</c> of the input is axis <c>axes[i]</c> of the result; along the other axes the value repeats.</summary>
/// <remarks>The gradient is the sum over the repeated axes.</remarks>
internal sealed class Broadcast : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        ImmutableArray<int> axes = context.Attributes.Axes("axes");
        return [context.Builder.Sum(context.DY, Enumerable.Range(0, context.Node.Shape.Rank).Except(axes))];
    }
}

/// <summary>The same elements in the same order, with other dimensions.</summary>
internal sealed class ReshapeTo : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => [context.Builder.Reshape(context.DY, context.Input.Shape)];
}

/// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c> of the input.</summary>
internal sealed class PermuteTo : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        ImmutableArray<int> order = context.Attributes.Axes("order");
        return [context.Builder.Permute(context.DY, Enumerable.Range(0, order.Length).Select(axis => order.IndexOf(axis)))];
    }
}

/// <summary>The elements from <c>start</c> on along <c>axis</c>, as many as the result's shape says.</summary>
/// <remarks>The gradient is zero outside the slice.</remarks>
internal sealed class SliceOf : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        int axis = context.Attributes.Get<int>("axis");
        Shape whole = context.Input.Shape;
        Dim start = context.Attributes.Get<Dim>("start");
        Dim after = whole[axis] - start - context.Node.Shape[axis];
        List<Node> parts = [];
        Pad(start);
        parts.Add(context.DY);
        Pad(after);
        return [context.Builder.Concat(axis, [.. parts])];

        void Pad(Dim length)
        {
            if (length != Dim.Zero)
            {
                parts.Add(context.Builder.Fill(0, whole.With(axis, length)));
            }
        }
    }
}

/// <summary>The inputs one after another along <c>axis</c>.</summary>
/// <remarks>The gradient of each input is its slice.</remarks>
internal sealed class ConcatAlong : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        int axis = context.Attributes.Get<int>("axis");
        List<Node?> gradients = [];
        Dim start = Dim.Zero;
        foreach (Node input in context.Inputs)
        {
            gradients.Add(context.Builder.Slice(context.DY, axis, start, input.Shape[axis]));
            start += input.Shape[axis];
        }

        return [.. gradients];
    }
}

/// <summary>The elements along <c>axes</c> in reverse.</summary>
/// <remarks>The gradient is reversed, too.</remarks>
internal sealed class FlipOf : MoveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => [context.Builder.Flip(context.DY, context.Attributes.Axes("axes"))];
}

/// <summary>The value itself; gradients end here.</summary>
internal sealed class StopGradient : MoveOp
{
    public override Shape InferShape(ShapeContext context) => context.Input();

    public override ImmutableArray<Node?> Gradient(GradientContext context) => [null];
}
