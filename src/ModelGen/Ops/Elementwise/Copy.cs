namespace ModelGen.Ops;

/// <summary><c>y = x</c>, in memory of its own: written by the scheduler where a value must lie in one piece.</summary>
internal sealed class Copy : UnaryOp
{
    public override Scalar Forward(Scalar x) => x;

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy;
}
