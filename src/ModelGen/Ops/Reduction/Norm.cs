using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = (Σ |x|ᵖ)^(1/p)</c>; for p = ∞ the greatest of <c>|x|</c>, for −∞ the smallest, for 0 the number of those that are not 0.</summary>
/// <remarks>The gradient is 0 where the norm is 0, and where x is 0; for p = ±∞ elements of equal magnitude share it. All of this is PyTorch's.</remarks>
internal sealed class Norm : ReductionWord
{
    public override bool Compares(Node node) => double.IsInfinity(node.Attributes.Number("p", 2));

    protected override void Check(ShapeContext context, ImmutableArray<int> axes)
    {
        context.Require(!double.IsNaN(context.Attributes.Number("p", 2)), "the p of Norm is NaN: pass a number, such as 2");
        base.Check(context, axes);
    }

    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => Of(context.Builder, context.Input, context.Attributes.Number("p", 2), axes);

    /// <summary>Writes the norm over axes.</summary>
    public static Node Of(GraphBuilder builder, Node x, double p, ImmutableArray<int> axes)
    {
        if (p == 0)
        {
            return builder.Sum(builder.Elementwise<NotEqual>(x, builder.Constant(0)), axes);
        }

        if (p == 2)
        {
            return builder.Elementwise<Root>(builder.Part("Squares", part => part.Sum(part.Mul(x, x), axes)));
        }

        Node magnitude = builder.Part("Magnitude", part => part.Elementwise<Abs>(x));
        return p switch
        {
            1 => builder.Sum(magnitude, axes),
            double.PositiveInfinity => builder.Max(magnitude, axes),
            double.NegativeInfinity => builder.Min(magnitude, axes),
            _ => Power(builder, builder.Part("Powers", part => part.Sum(Power(part, magnitude, p), axes)), 1 / p),
        };
    }

    private static Node Power(GraphBuilder builder, Node x, double exponent) => builder.Elementwise<MagnitudePower>(x, builder.Constant(exponent));
}

/// <summary><c>y = √x</c></summary>
/// <remarks><c>dx = dy / 2y</c>, 0 where y is 0.</remarks>
internal sealed class Root : UnaryOp
{
    public override Scalar Forward(Scalar x) => Scalars.Sqrt(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => Scalars.Where(Scalars.Equal(y, 0), 0, dy * 0.5 / y);
}

/// <summary><c>y = xᵖ = exp(p · ln x)</c> for x of at least 0 and p other than 0.</summary>
/// <remarks><c>dx = dy · p · y / x</c>, 0 where x is 0. The exponent has no gradient.</remarks>
internal sealed class MagnitudePower : BinaryOp
{
    public override Scalar Forward(Scalar a, Scalar b) => Scalars.Exp(b * Scalars.Log(a));

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) =>
        (Scalars.Where(Scalars.Equal(a, 0), 0, dy * (b * y / a)), null);
}
