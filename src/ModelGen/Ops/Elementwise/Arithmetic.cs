namespace ModelGen.Ops;

/// <summary><c>y = a + b</c></summary>
internal sealed class Add : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy, dy);
}

/// <summary><c>y = a − b</c></summary>
internal sealed class Sub : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy, -dy);
}

/// <summary><c>y = a · b</c></summary>
internal sealed class Mul : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy * b, dy * a);
}

/// <summary><c>y = a / b</c></summary>
/// <remarks><c>da = dy / b</c>, <c>db = −dy · y / b</c></remarks>
internal sealed class Div : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy / b, -(dy * y / b));
}

/// <summary><c>y = −x</c></summary>
internal sealed class Neg : UnaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar x) => Self(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => -dy;
}
