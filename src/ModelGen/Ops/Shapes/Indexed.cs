using System.Collections.Generic;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// Elements at places that indices name. The inputs have three axes, of which the middle one is indexed: <c>x [batch, size, inner]</c> and what lies at the
/// indices, <c>[batch, count, inner]</c>. The indices are <c>[batch, count, inner]</c>, too, where an axis of size 1 stands for the same index everywhere: with
/// <c>[1, count, 1]</c> whole rows of one table are meant.
/// </summary>
internal abstract class IndexedOp : TemplateOp
{
    /// <summary>The batch, the size of the indexed axis, the number of indices, the length of a row; then the distance between batches of indices and the length of their rows.</summary>
    public sealed override IEnumerable<Dim> Sizes(Node node)
    {
        (Shape whole, Shape picked, Shape indices) = Shapes(node);
        return [whole[0], whole[1], picked[1], whole[2], indices[0] == Dim.One ? Dim.Zero : indices[1] * indices[2], indices[2]];
    }

    public sealed override string? Problem(Node node)
    {
        (Shape whole, Shape picked, Shape indices) = Shapes(node);
        bool ranks = whole.Rank == 3 && picked.Rank == 3 && indices.Rank == 3;
        bool fits = ranks && whole.With(1, picked[1]) == picked && indices[1] == picked[1]
            && (indices[0] == Dim.One || indices[0] == picked[0]) && (indices[2] == Dim.One || indices[2] == picked[2]);
        return fits ? null : "indices are [batch or 1, count, inner or 1] for [batch, size, inner] and [batch, count, inner]";
    }

    /// <summary>The shapes of what is indexed, of what lies at the indices, and of the indices.</summary>
    protected abstract (Shape Whole, Shape Picked, Shape Indices) Shapes(Node node);
}

/// <summary><c>y[b, j, i] = x[b, indices[b, j, i], i]</c></summary>
/// <remarks><c>dx[b, n, i] = Σ dy[b, j, i]</c> over the <c>j</c> whose index is <c>n</c>.</remarks>
internal sealed class GatherAlong : IndexedOp
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "indices"];

    public override string Template => "Indexing.Gather";

    public override ImmutableArray<Node?> Gradient(GradientContext context) => [context.Builder.ScatterSum(context.DY, context.Inputs[1], context.Input.Shape[1]), null];

    protected override (Shape Whole, Shape Picked, Shape Indices) Shapes(Node node) => (node.Inputs[0].Shape, node.Shape, node.Inputs[1].Shape);
}

/// <summary><c>y[b, n, i] = Σ source[b, j, i]</c> over the <c>j</c> whose index is <c>n</c>, in their order.</summary>
/// <remarks><c>dsource[b, j, i] = dy[b, indices[b, j, i], i]</c></remarks>
internal sealed class ScatterSum : IndexedOp
{
    public override ImmutableArray<string> InputNames { get; } = ["source", "indices"];

    public override string Template => "Indexing.ScatterSum";

    public override ImmutableArray<Node?> Gradient(GradientContext context) => [context.Builder.Gather(context.DY, context.Inputs[1]), null];

    protected override (Shape Whole, Shape Picked, Shape Indices) Shapes(Node node) => (node.Shape, node.Inputs[0].Shape, node.Inputs[1].Shape);
}

/// <summary><c>y = x</c>, but <c>y[b, indices[b, j, i], i] = source[b, j, i]</c>; of equal indices the last counts.</summary>
/// <remarks>
/// <c>dx = dy</c>, but 0 at the indices; <c>dsource[b, j, i] = dy[b, indices[b, j, i], i]</c>, also for those that did not count, as in PyTorch.
/// </remarks>
internal sealed class ScatterAlong : IndexedOp
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "source", "indices"];

    public override string Template => "Indexing.Scatter";

    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        Node indices = context.Inputs[2];
        Node zeros = context.Builder.Fill(0, context.Inputs[1].Shape);
        return [context.Builder.Scatter(context.DY, zeros, indices), context.Builder.Gather(context.DY, indices), null];
    }

    protected override (Shape Whole, Shape Picked, Shape Indices) Shapes(Node node) => (node.Shape, node.Inputs[1].Shape, node.Inputs[2].Shape);
}
