namespace ModelGen.Ops;

/// <summary><c>y = x · tanh(ln(1 + eˣ)) = x · n / (n + 2)</c>, where <c>n = e · (e + 2)</c> and <c>e = eˣ</c>.</summary>
/// <remarks><c>dx = dy · (n / (n + 2) + x · 4 · e · (1 + e) / (n + 2)²)</c>. Misra 2019.</remarks>
internal sealed class Mish : UnaryOp
{
    // From here on n / (n + 2) is 1, and e would overflow.
    private const double Far = 20;

    public override Scalar Forward(Scalar x)
    {
        Scalar e = Exponential(x);
        Scalar n = e * (e + 2);
        return x * (n / (n + 2));
    }

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy)
    {
        Scalar e = Exponential(x);
        Scalar n = e * (e + 2);
        return dy * ((n / (n + 2)) + (x * (4 * e * (1 + e) / ((n + 2) * (n + 2)))));
    }

    private static Scalar Exponential(Scalar x) => Scalars.Exp(Scalars.Min(x, Far));
}
