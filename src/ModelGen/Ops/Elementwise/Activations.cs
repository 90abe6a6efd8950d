namespace ModelGen.Ops;

/// <summary><c>y = tanh x</c></summary>
/// <remarks><c>dx = dy · (1 − y²)</c></remarks>
internal sealed class Tanh : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (1 - (y * y));
}

/// <summary><c>y = 1 / (1 + e⁻ˣ)</c></summary>
/// <remarks><c>dx = dy · y · (1 − y)</c></remarks>
internal sealed class Sigmoid : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (y * (1 - y));
}

/// <summary><c>y = max(x, 0)</c>; NaN stays NaN.</summary>
/// <remarks><c>dx = dy</c> where <c>y &gt; 0</c>, else 0.</remarks>
internal sealed class Relu : UnaryOp
{
    public override Scalar Forward(Scalar x) => Scalars.Max(x, 0);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => Scalars.Where(Scalars.Greater(y, 0), dy, 0);
}
