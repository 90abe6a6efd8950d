namespace ModelGen.Ops;

/// <summary><c>y = sin x</c></summary>
/// <remarks><c>dx = dy · cos x</c></remarks>
internal sealed class Sin : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * Scalars.Cos(x);
}

/// <summary><c>y = cos x</c></summary>
/// <remarks><c>dx = −dy · sin x</c></remarks>
internal sealed class Cos : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override bool IsCostly => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => -dy * Scalars.Sin(x);
}
