namespace ModelGen.Ops;

/// <summary><c>y = |x|</c></summary>
/// <remarks><c>dx = dy · sign x</c>, 0 at 0.</remarks>
internal sealed class Abs : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) =>
        Scalars.Where(Scalars.Greater(x, 0), dy, Scalars.Where(Scalars.Greater(0, x), -dy, 0));
}

/// <summary><c>y = x²</c></summary>
/// <remarks><c>dx = 2 · dy · x</c></remarks>
internal sealed class Square : UnaryOp
{
    public override Scalar Forward(Scalar x) => x * x;

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => 2 * dy * x;
}

/// <summary><c>y = 1 / √x</c></summary>
/// <remarks><c>dx = −dy · y³ / 2</c></remarks>
internal sealed class Rsqrt : UnaryOp
{
    public override Scalar Forward(Scalar x) => 1 / Scalars.Sqrt(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => -0.5 * dy * (y * y * y);
}

/// <summary><c>y = min(a, b)</c>; NaN where either is.</summary>
/// <remarks>The gradient goes to the smaller one; equal ones take half each, as in PyTorch.</remarks>
internal sealed class Minimum : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy)
    {
        Scalar half = Scalars.Where(Scalars.Equal(a, b), dy * 0.5, 0);
        return (Scalars.Where(Scalars.Greater(b, a), dy, half), Scalars.Where(Scalars.Greater(a, b), dy, half));
    }
}
