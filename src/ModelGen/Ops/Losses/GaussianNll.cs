using System;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>L = mean of (ln v + (mean − target)² / v) / 2</c> with <c>v = max(variance, ε)</c>; with <c>full</c>, <c>ln(2π) / 2</c> more.</summary>
/// <remarks>The gradient of the variance passes the bound ε, as in PyTorch. Nix and Weigend 1994.</remarks>
internal sealed class GaussianNll : LossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["mean", "target", "variance"];

    public override Shape InferShape(ShapeContext context)
    {
        context.Require(context.Attributes.Number("eps", 1e-6) > 0, "the eps of GaussianNll is the least variance: pass a number above 0, such as 1e-6");
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node variance = builder.Part("Bounded", part => part.Elementwise<AtLeast>(context.Inputs[2], part.Constant(context.Attributes.Number("eps", 1e-6))));
        Node difference = builder.Part("Difference", part => part.Sub(context.Input, context.Inputs[1]));
        Node surprise = builder.Part("Surprise", part => part.Div(part.Mul(difference, difference), variance));
        Node term = builder.Part("Term", part => part.Mul(part.Add(part.Elementwise<Log>(variance), surprise), part.Constant(0.5)));
        Node mean = builder.MeanOfAll(term);
        return context.Attributes.Get("full", false) ? builder.Add(mean, builder.Constant(0.5 * Math.Log(2 * Math.PI))) : mean;
    }
}

/// <summary><c>y = max(x, bound)</c></summary>
/// <remarks><c>dx = dy</c> everywhere: what is below the bound is still drawn upwards.</remarks>
internal sealed class AtLeast : BinaryOp
{
    public override Scalar Forward(Scalar a, Scalar b) => Scalars.Max(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy, null);
}
