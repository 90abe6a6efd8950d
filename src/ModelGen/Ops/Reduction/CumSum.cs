using System.Collections.Generic;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>yᵢ = Σⱼ xⱼ</c> over <c>j ≤ i</c> along <c>axis</c>.</summary>
internal sealed class CumSum : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        context.TryAxis(context.Attributes.Get<int>("axis"), context.Input().Rank, out _);
        return context.Input();
    }

    public override Node Lower(LowerContext context)
    {
        int axis = AxisCount.FromStart(context.Attributes.Get<int>("axis"), context.Input.Shape.Rank);
        Node folded = Indexing.Folded(context.Builder, context.Input, axis);
        return context.Builder.Reshape(context.Builder.Add(Catalog<SumOfEarlier>.Op, [folded], null, folded.Shape), context.Node.Shape);
    }
}

/// <summary>Sums that grow along the middle axis of <c>[outer, length, inner]</c>.</summary>
internal abstract class GrowingSum : TemplateOp
{
    public sealed override IEnumerable<Dim> Sizes(Node node) => node.Shape;

    public sealed override string? Problem(Node node) => node.Shape.Rank == 3 && node.Input.Shape == node.Shape ? null : "sums that grow along [outer, length, inner] have that shape";

    public sealed override ImmutableArray<Node?> Gradient(GradientContext context) => [context.Builder.Add(OtherWay, [context.DY], null, context.DY.Shape)];

    /// <summary>Gets the sums from the other end: what an element is added to receives a gradient that it passes on.</summary>
    protected abstract GrowingSum OtherWay { get; }
}

/// <summary><c>y[o, i, k] = Σⱼ x[o, j, k]</c> over <c>j ≤ i</c>, in ascending order.</summary>
/// <remarks><c>dx[o, j, k] = Σᵢ dy[o, i, k]</c> over <c>i ≥ j</c>.</remarks>
internal sealed class SumOfEarlier : GrowingSum
{
    public override string Template => "GrowingSums.SumOfEarlier";

    protected override GrowingSum OtherWay => Catalog<SumOfLater>.Op;
}

/// <summary><c>y[o, i, k] = Σⱼ x[o, j, k]</c> over <c>j ≥ i</c>, in descending order.</summary>
/// <remarks><c>dx[o, j, k] = Σᵢ dy[o, i, k]</c> over <c>i ≤ j</c>.</remarks>
internal sealed class SumOfLater : GrowingSum
{
    public override string Template => "GrowingSums.SumOfLater";

    protected override GrowingSum OtherWay => Catalog<SumOfEarlier>.Op;
}
