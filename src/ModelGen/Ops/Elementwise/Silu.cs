namespace ModelGen.Ops;

/// <summary><c>y = x · sigmoid(x)</c></summary>
/// <remarks><c>dx = dy · (s + y · (1 − s))</c>, where <c>s = sigmoid(x)</c>. Elfwing, Uchibe and Doya 2017.</remarks>
internal sealed class Silu : UnaryOp
{
    public override Scalar Forward(Scalar x) => x * Scalars.Sigmoid(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy)
    {
        Scalar s = Scalars.Sigmoid(x);
        return dy * (s + (y * (1 - s)));
    }
}
