namespace ModelGen;

public sealed partial class Tensor
{
    /// <summary>A number as a tensor of rank 0, which takes the element type of the tensor that it meets.</summary>
    /// <param name="value">The number.</param>
    public static implicit operator Tensor(int value) => Number(value);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static implicit operator Tensor(float value) => Number(value);

    /// <inheritdoc cref="op_Implicit(int)"/>
    public static implicit operator Tensor(double value) => Number(value);

    /// <summary><c>a + b</c>, broadcast.</summary>
    /// <param name="a">The first summand.</param>
    /// <param name="b">The second summand.</param>
    public static Tensor operator +(Tensor a, Tensor b) => Functional.Add(a, b);

    /// <summary><c>a − b</c>, broadcast.</summary>
    /// <param name="a">The minuend.</param>
    /// <param name="b">The subtrahend.</param>
    public static Tensor operator -(Tensor a, Tensor b) => Functional.Sub(a, b);

    /// <summary><c>a · b</c> element by element, broadcast; a matrix product is <see cref="Functional.MatMul"/>.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    public static Tensor operator *(Tensor a, Tensor b) => Functional.Mul(a, b);

    /// <summary><c>a / b</c>, broadcast.</summary>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    public static Tensor operator /(Tensor a, Tensor b) => Functional.Div(a, b);

    /// <summary><c>−x</c>.</summary>
    /// <param name="x">Any tensor.</param>
    public static Tensor operator -(Tensor x) => Functional.Neg(x);
}
