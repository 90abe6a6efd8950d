using System;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = Σ (x − mean)² / max(0, n − correction)</c></summary>
/// <remarks>
/// <c>dx = dy · 2 (x − mean) / (n − correction)</c>: the sum of all differences is 0, so that no gradient flows through the mean.
/// </remarks>
internal sealed class Var : ReductionWord
{
    protected override void Check(ShapeContext context, ImmutableArray<int> axes) =>
        context.Require(
            context.Attributes.Number("correction", 1) is >= 0 and < double.PositiveInfinity,
            "the correction of Var is what the number of elements is reduced by: pass 0 or more, 1 for a sample of a larger whole");

    protected override Node Lower(LowerContext context, ImmutableArray<int> axes)
    {
        GraphBuilder builder = context.Builder;
        Node x = context.Input;
        Node mean = builder.Part("Mean", part => part.Stop(part.Mean(x, axes)));
        Node centred = builder.Part("Centred", part => part.Sub(x, part.Along(mean, x.Shape, axes)));
        Node squares = builder.Part("Squares", part => part.Sum(part.Mul(centred, centred), axes));
        Dim count = Dim.Product(axes.Select(axis => x.Shape[axis]));
        double correction = context.Attributes.Number("correction", 1);
        return builder.Div(squares, builder.Part("Freedom", part => Freedom(part, count, correction)));
    }

    private static Node Freedom(GraphBuilder builder, Dim count, double correction) => count.IsConstant
        ? builder.Constant(Math.Max(0, count.Value - correction))
        : builder.Elementwise<Maximum>(builder.Sub(builder.DimValue(count), builder.Constant(correction)), builder.Constant(0));
}
