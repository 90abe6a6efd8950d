using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = x</c> where <c>x &gt; 0</c>, else <c>alpha · (eˣ − 1)</c>.</summary>
/// <remarks>Clevert, Unterthiner and Hochreiter 2015.</remarks>
internal sealed class Elu : ElementwiseWord
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node alpha = builder.Constant(context.Attributes.Number("alpha", 1.0));
        return builder.Elementwise<EluOf>(context.Input, alpha);
    }
}

/// <summary><c>y = a</c> where <c>a &gt; 0</c>, else <c>b · (eᵃ − 1)</c>, with a number b.</summary>
/// <remarks><c>da = dy</c> where <c>a &gt; 0</c>, else <c>dy · b · eᵃ</c>.</remarks>
internal sealed class EluOf : BinaryOp
{
    public override Scalar Forward(Scalar a, Scalar b) => Of(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy * Slope(a, b), null);

    /// <summary>The formula.</summary>
    public static Scalar Of(Scalar x, Scalar alpha) => Scalars.Where(Scalars.Greater(x, 0), x, alpha * Scalars.Expm1(x));

    /// <summary>Its derivative.</summary>
    public static Scalar Slope(Scalar x, Scalar alpha) => Scalars.Where(Scalars.Greater(x, 0), 1, alpha * Scalars.Exp(x));
}

/// <summary><c>y = scale · x</c> where <c>x &gt; 0</c>, else <c>scale · alpha · (eˣ − 1)</c>, with the numbers that keep mean 0 and variance 1.</summary>
/// <remarks><c>dx = dy · scale</c> where <c>x &gt; 0</c>, else <c>dy · scale · alpha · eˣ</c>. Klambauer et al. 2017.</remarks>
internal sealed class Selu : UnaryOp
{
    private const double Alpha = 1.6732632423543772;
    private const double Scale = 1.0507009873554805;

    public override Scalar Forward(Scalar x) => Scale * EluOf.Of(x, Alpha);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (Scale * EluOf.Slope(x, Alpha));
}
