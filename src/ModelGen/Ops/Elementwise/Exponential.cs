namespace ModelGen.Ops;

/// <summary><c>y = eˣ</c></summary>
/// <remarks><c>dx = dy · y</c></remarks>
internal sealed class Exp : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * y;
}

/// <summary><c>y = eˣ − 1</c>, which keeps its digits where x is near 0.</summary>
/// <remarks><c>dx = dy · (y + 1)</c></remarks>
internal sealed class Expm1 : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (y + 1);
}

/// <summary><c>y = ln x</c></summary>
/// <remarks><c>dx = dy / x</c></remarks>
internal sealed class Log : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy / x;
}

/// <summary><c>y = ln(1 + x)</c>, which keeps its digits where x is near 0.</summary>
/// <remarks><c>dx = dy / (1 + x)</c></remarks>
internal sealed class Log1p : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy / (1 + x);
}

/// <summary><c>y = √x</c></summary>
/// <remarks><c>dx = dy / (2 · y)</c></remarks>
internal sealed class Sqrt : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy / (2 * y);
}

/// <summary><c>y = erf x = 2/√π · ∫₀ˣ exp(−t²) dt</c></summary>
/// <remarks><c>dx = dy · 2/√π · exp(−x²)</c></remarks>
internal sealed class Erf : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * 1.1283791670955126 * Scalars.Exp(-(x * x));
}

/// <summary><c>y = Φ(x) = (1 + erf(x / √2)) / 2</c>: the probability that a standard normal number is at most x.</summary>
/// <remarks><c>dx = dy · φ(x)</c>, where <c>φ(x) = exp(−x² / 2) / √(2π)</c></remarks>
internal sealed class NormalCdf : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    /// <summary>The density φ.</summary>
    public static Scalar Density(Scalar x) => 0.3989422804014327 * Scalars.Exp(-0.5 * (x * x));

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * Density(x);
}
