using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = x · Φ(x)</c> with the normal distribution function Φ, exact or, with <c>Approximate.Tanh</c>, by its approximation.</summary>
/// <remarks>Hendrycks and Gimpel 2016.</remarks>
internal sealed class Gelu : ElementwiseWord
{
    public override Node Lower(LowerContext context) =>
        context.Attributes.Get("approximate", "None") == "Tanh"
            ? context.Builder.Elementwise<GeluTanh>(context.Input)
            : context.Builder.Elementwise<GeluErf>(context.Input);
}

/// <summary><c>y = x · Φ(x)</c>, where Φ is <see cref="NormalCdf"/>.</summary>
/// <remarks><c>dx = dy · (Φ(x) + x · φ(x))</c>, where <c>φ = Φ′</c>.</remarks>
internal sealed class GeluErf : UnaryOp
{
    public override Scalar Forward(Scalar x) => x * Scalars.NormalCdf(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (Scalars.NormalCdf(x) + (x * NormalCdf.Density(x)));
}

/// <summary><c>y = x / 2 · (1 + tanh u)</c>, where <c>u = √(2/π) · (x + 0.044715 · x³)</c>.</summary>
/// <remarks><c>dx = dy · ((1 + t) / 2 + x / 2 · (1 − t²) · √(2/π) · (1 + 3 · 0.044715 · x²))</c>, where <c>t = tanh u</c>.</remarks>
internal sealed class GeluTanh : UnaryOp
{
    public override Scalar Forward(Scalar x) => 0.5 * x * (1 + Inner(x));

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy)
    {
        Scalar t = Inner(x);
        Scalar slope = 0.7978845608028654 * (1 + (0.134145 * (x * x)));
        return dy * ((0.5 * (1 + t)) + (0.5 * x * (1 - (t * t)) * slope));
    }

    private static Scalar Inner(Scalar x) => Scalars.Tanh(0.7978845608028654 * (x + (0.044715 * (x * x * x))));
}
