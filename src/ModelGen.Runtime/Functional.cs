using System;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>
/// The words of model code, used with <c>using static ModelGen.Functional</c>. Semantics and defaults are PyTorch's: operands are broadcast,
/// negative axes count from the end.
/// </summary>
/// <remarks>Called on tensors, as the eager reading does, they run plain reference loops; the build compiles the same calls to kernels.</remarks>
public static class Functional
{
    /// <summary>Gets a value indicating whether the model is being trained; a constant in each of the two paths that the build compiles.</summary>
    public static bool Training => EagerContext.Mode.Training;

    /// <summary><c>y = a + b</c>.</summary>
    /// <param name="a">The first summand.</param>
    /// <param name="b">The second summand.</param>
    /// <returns>A tensor of the broadcast shape.</returns>
    /// <exception cref="ArgumentException">The shapes cannot be broadcast.</exception>
    public static Tensor Add(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Add>(), a, b);

    /// <summary><c>y = a − b</c>.</summary>
    /// <param name="a">The minuend.</param>
    /// <param name="b">The subtrahend.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Sub(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Sub>(), a, b);

    /// <summary><c>y = a · b</c>, element by element.</summary>
    /// <param name="a">The first factor.</param>
    /// <param name="b">The second factor.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Mul(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Mul>(), a, b);

    /// <summary><c>y = a / b</c>.</summary>
    /// <param name="a">The dividend.</param>
    /// <param name="b">The divisor.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Div(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Div>(), a, b);

    /// <summary><c>y = max(a, b)</c>; NaN where either is NaN.</summary>
    /// <param name="a">The one operand.</param>
    /// <param name="b">The other operand.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Maximum(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Maximum>(), a, b);

    /// <summary><c>y = min(a, b)</c>; NaN where either is NaN.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor Minimum(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Minimum>(), a, b);

    /// <summary><c>y = 1</c> where <c>a &gt; b</c>, else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor Greater(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Greater>(), a, b);

    /// <summary><c>y = 1</c> where <c>a ≥ b</c>, else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor GreaterEqual(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<GreaterEqual>(), a, b);

    /// <summary><c>y = 1</c> where <c>a &lt; b</c>, else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor Less(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Less>(), a, b);

    /// <summary><c>y = 1</c> where <c>a ≤ b</c>, else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor LessEqual(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<LessEqual>(), a, b);

    /// <summary><c>y = 1</c> where <c>a = b</c>, else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor Equal(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<Equal>(), a, b);

    /// <summary><c>y = 1</c> where <c>a ≠ b</c> (also where either is NaN), else 0.</summary>
    /// <inheritdoc cref="Maximum"/>
    public static Tensor NotEqual(Tensor a, Tensor b) => Tensor.Apply(new Pairwise<NotEqual>(), a, b);

    /// <summary><c>y = a</c> where the condition is not 0, else <c>b</c>.</summary>
    /// <param name="condition">What a comparison returns: 0 or 1.</param>
    /// <param name="a">The values where the condition holds.</param>
    /// <param name="b">The values elsewhere.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Where(Tensor condition, Tensor a, Tensor b) => Tensor.Apply(new Where(), condition, a, b);

    /// <summary><c>y = −x</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Neg(Tensor x) => Tensor.Apply(new Elementwise<Neg>(), x);

    /// <summary><c>y = |x|</c>; the gradient at 0 is 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Abs(Tensor x) => Tensor.Apply(new Elementwise<Abs>(), x);

    /// <summary><c>y = 1</c> where x is above 0, −1 where it is below, else 0. Its gradient is 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Sign(Tensor x) => Tensor.Apply(new Elementwise<Sign>(), x);

    /// <summary><c>y = ⌊x⌋</c>, the greatest whole number that is at most x. Its gradient is 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Floor(Tensor x) => Tensor.Apply(new Elementwise<Floor>(), x);

    /// <summary><c>y = ⌈x⌉</c>, the least whole number that is at least x. Its gradient is 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Ceil(Tensor x) => Tensor.Apply(new Elementwise<Ceil>(), x);

    /// <summary>The nearest whole number; halves go to the even one. Its gradient is 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Round(Tensor x) => Tensor.Apply(new Elementwise<Round>(), x);

    /// <summary><c>y = x²</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Square(Tensor x) => Tensor.Apply(new Elementwise<Square>(), x);

    /// <summary><c>y = 1 / √x</c>; ∞ at 0, NaN below.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Rsqrt(Tensor x) => Tensor.Apply(new Elementwise<Rsqrt>(), x);

    /// <summary><c>y = eˣ</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Exp(Tensor x) => Tensor.Apply(new Elementwise<Exp>(), x);

    /// <summary><c>y = ln x</c>; −∞ at 0, NaN below.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Log(Tensor x) => Tensor.Apply(new Elementwise<Log>(), x);

    /// <summary><c>y = √x</c>; NaN below 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Sqrt(Tensor x) => Tensor.Apply(new Elementwise<Sqrt>(), x);

    /// <summary><c>y = erf(x) = 2/√π · ∫₀ˣ e^(−t²) dt</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Erf(Tensor x) => Tensor.Apply(new Elementwise<Erf>(), x);

    /// <summary><c>y = tanh(x)</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Tanh(Tensor x) => Tensor.Apply(new Elementwise<Tanh>(), x);

    /// <summary><c>y = 1 / (1 + e⁻ˣ)</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Sigmoid(Tensor x) => Tensor.Apply(new Elementwise<Sigmoid>(), x);

    /// <summary><c>y = max(x, 0)</c>; NaN stays NaN.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Relu(Tensor x) => Tensor.Apply(new Elementwise<Relu>(), x);

    /// <summary><c>y = x/2 · (1 + erf(x/√2))</c>, or with tanh <c>x/2 · (1 + tanh(√(2/π) · (x + 0.044715 x³)))</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="approximate">Which of the two formulae.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Gelu(Tensor x, Approximate approximate = Approximate.None) => approximate switch
    {
        Approximate.None => Tensor.Apply(new Elementwise<Gelu>(), x),
        Approximate.Tanh => Tensor.Apply(new Elementwise<GeluTanh>(), x),
        _ => throw new ArgumentOutOfRangeException(nameof(approximate), approximate, "Gelu: there is no such formula."),
    };

    /// <summary><c>y = x · sigmoid(x)</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Silu(Tensor x) => Tensor.Apply(new Elementwise<Silu>(), x);

    /// <summary><c>y = x</c> where x is above 0, else <c>slope · x</c> (Maas, Hannun and Ng 2013).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="slope">The slope below 0.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor LeakyRelu(Tensor x, float slope = 0.01f) => Tensor.Apply(new LeakyRelu(slope), x);

    /// <summary><c>y = max(0, min(1, x/6 + 1/2))</c>.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor HardSigmoid(Tensor x) => Tensor.Apply(new Elementwise<HardSigmoid>(), x);

    /// <summary><c>y = x · max(0, min(1, x/6 + 1/2))</c> (Howard et al. 2019).</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor HardSwish(Tensor x) => Tensor.Apply(new Elementwise<HardSwish>(), x);

    /// <summary><c>y = x</c>, or the bound that x is beyond; NaN stays NaN. The gradient is 0 beyond the bounds, and whole on them.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Clamp(Tensor x, float low = float.NegativeInfinity, float high = float.PositiveInfinity) => Tensor.Apply(new Clamp(low, high), x);

    /// <summary><c>y = x</c>, whose gradient is zero.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor StopGradient(Tensor x) => x;

    /// <summary>The sum of all elements.</summary>
    /// <param name="x">Any tensor.</param>
    /// <returns>A tensor of rank 0.</returns>
    public static Tensor Sum(Tensor x) => Tensor.Apply(new Sum(axes: null, keepDims: false), x);

    /// <summary>The sum along an axis.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Sum(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new Sum([axis], keepDims), x);

    /// <summary>The sum along several axes.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <returns>A tensor without the axes, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">An axis is named twice, or none is.</exception>
    public static Tensor Sum(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new Sum(axes, keepDims), x);

    /// <summary>The mean of all elements.</summary>
    /// <inheritdoc cref="Sum(Tensor)"/>
    public static Tensor Mean(Tensor x) => Tensor.Apply(new Mean(axes: null, keepDims: false), x);

    /// <summary>The mean along an axis.</summary>
    /// <inheritdoc cref="Sum(Tensor, int, bool)"/>
    public static Tensor Mean(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new Mean([axis], keepDims), x);

    /// <summary>The mean along several axes.</summary>
    /// <inheritdoc cref="Sum(Tensor, int[], bool)"/>
    public static Tensor Mean(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new Mean(axes, keepDims), x);

    /// <summary>The greatest element; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor)"/>
    public static Tensor Max(Tensor x) => Tensor.Apply(new Max(axes: null, keepDims: false), x);

    /// <summary>The greatest element along an axis; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor, int, bool)"/>
    public static Tensor Max(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new Max([axis], keepDims), x);

    /// <summary>The greatest element along several axes; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor, int[], bool)"/>
    public static Tensor Max(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new Max(axes, keepDims), x);

    /// <summary>The smallest element; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor)"/>
    public static Tensor Min(Tensor x) => Tensor.Apply(new Min(axes: null, keepDims: false), x);

    /// <summary>The smallest element along an axis; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor, int, bool)"/>
    public static Tensor Min(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new Min([axis], keepDims), x);

    /// <summary>The smallest element along several axes; NaN where there is one.</summary>
    /// <inheritdoc cref="Sum(Tensor, int[], bool)"/>
    public static Tensor Min(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new Min(axes, keepDims), x);

    /// <summary>The product of all elements, 1 where there are none.</summary>
    /// <inheritdoc cref="Sum(Tensor)"/>
    public static Tensor Prod(Tensor x) => Tensor.Apply(new Prod(axes: null, keepDims: false), x);

    /// <summary>The product along an axis, 1 where there are none.</summary>
    /// <inheritdoc cref="Sum(Tensor, int, bool)"/>
    public static Tensor Prod(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new Prod([axis], keepDims), x);

    /// <summary>The product along several axes, 1 where there are none.</summary>
    /// <inheritdoc cref="Sum(Tensor, int[], bool)"/>
    public static Tensor Prod(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new Prod(axes, keepDims), x);

    /// <summary>The logarithm of the sum of the exponentials of all elements, <c>y = ln Σ eˣ</c>, without overflow; −∞ where all elements are.</summary>
    /// <inheritdoc cref="Sum(Tensor)"/>
    public static Tensor LogSumExp(Tensor x) => Tensor.Apply(new LogSumExp(axes: null, keepDims: false), x);

    /// <summary>The logarithm of the sum of the exponentials along an axis, <c>y = ln Σ eˣ</c>, without overflow; −∞ where all elements are.</summary>
    /// <inheritdoc cref="Sum(Tensor, int, bool)"/>
    public static Tensor LogSumExp(Tensor x, int axis, bool keepDims = false) => Tensor.Apply(new LogSumExp([axis], keepDims), x);

    /// <summary>The logarithm of the sum of the exponentials along several axes, <c>y = ln Σ eˣ</c>, without overflow; −∞ where all elements are.</summary>
    /// <inheritdoc cref="Sum(Tensor, int[], bool)"/>
    public static Tensor LogSumExp(Tensor x, int[] axes, bool keepDims = false) => Tensor.Apply(new LogSumExp(axes, keepDims), x);

    /// <summary>The variance of all elements, <c>y = Σ (x − mean)² / max(0, n − correction)</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="correction">What is subtracted from the number of elements n: 1 where they are a sample of a larger whole, 0 for the mean of the squares.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="correction"/> is negative or not a number.</exception>
    public static Tensor Var(Tensor x, float correction = 1) => Tensor.Apply(new Var(axes: null, keepDims: false, correction), x);

    /// <summary>The variance along an axis, <c>y = Σ (x − mean)² / max(0, n − correction)</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements n: 1 where they are a sample of a larger whole, 0 for the mean of the squares.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="correction"/> is negative or not a number.</exception>
    public static Tensor Var(Tensor x, int axis, bool keepDims = false, float correction = 1) => Tensor.Apply(new Var([axis], keepDims, correction), x);

    /// <summary>The variance along several axes, <c>y = Σ (x − mean)² / max(0, n − correction)</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements n: 1 where they are a sample of a larger whole, 0 for the mean of the squares.</param>
    /// <returns>A tensor without the axes, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="correction"/> is negative or not a number.</exception>
    /// <exception cref="ArgumentException">An axis is named twice, or none is.</exception>
    public static Tensor Var(Tensor x, int[] axes, bool keepDims = false, float correction = 1) => Tensor.Apply(new Var(axes, keepDims, correction), x);

    /// <summary>The norm of all elements, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a number.</exception>
    public static Tensor Norm(Tensor x, float p = 2) => Tensor.Apply(new Norm(axes: null, keepDims: false, p), x);

    /// <summary>The norm along an axis, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="p"/> is not a number.</exception>
    public static Tensor Norm(Tensor x, int axis, bool keepDims = false, float p = 2) => Tensor.Apply(new Norm([axis], keepDims, p), x);

    /// <summary>The norm along several axes, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor without the axes, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="p"/> is not a number.</exception>
    /// <exception cref="ArgumentException">An axis is named twice, or none is.</exception>
    public static Tensor Norm(Tensor x, int[] axes, bool keepDims = false, float p = 2) => Tensor.Apply(new Norm(axes, keepDims, p), x);

    /// <summary>The index of the greatest element in row-major order: the first of equal ones, or the first NaN. It has no gradient.</summary>
    /// <param name="x">A tensor of one to 2²⁴ elements.</param>
    /// <returns>An integer, a tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">There are no elements, or too many.</exception>
    public static Tensor<int> ArgMax(Tensor x) => Tensor.ApplyWhole(new ArgMax(axis: null, keepDims: false), x);

    /// <summary>The index of the greatest element along an axis: the first of equal ones, or the first NaN. It has no gradient.</summary>
    /// <param name="x">A tensor with one to 2²⁴ elements along the axis.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has no elements, or too many.</exception>
    public static Tensor<int> ArgMax(Tensor x, int axis, bool keepDims = false) => Tensor.ApplyWhole(new ArgMax(axis, keepDims), x);

    /// <summary>The index of the smallest element in row-major order: the first of equal ones, or the first NaN. It has no gradient.</summary>
    /// <param name="x">A tensor of one to 2²⁴ elements.</param>
    /// <returns>An integer, a tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">There are no elements, or too many.</exception>
    public static Tensor<int> ArgMin(Tensor x) => Tensor.ApplyWhole(new ArgMin(axis: null, keepDims: false), x);

    /// <summary>The index of the smallest element along an axis: the first of equal ones, or the first NaN. It has no gradient.</summary>
    /// <param name="x">A tensor with one to 2²⁴ elements along the axis.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The axis has no elements, or too many.</exception>
    public static Tensor<int> ArgMin(Tensor x, int axis, bool keepDims = false) => Tensor.ApplyWhole(new ArgMin(axis, keepDims), x);

    /// <summary><c>y = eˣ / Σ eˣ</c> along an axis.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="axis">The axis that sums to one; a negative one counts from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Softmax(Tensor x, int axis = -1) => Tensor.Apply(new Softmax(axis), x);

    /// <summary><c>y = x − ln Σ eˣ</c> along an axis.</summary>
    /// <inheritdoc cref="Softmax"/>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => Tensor.Apply(new LogSoftmax(nameof(LogSoftmax), axis), x);

    /// <summary>The same elements in row-major order under another shape.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="shape">The new shape; one size may be −1 and is then what is left.</param>
    /// <returns>A tensor of that shape.</returns>
    /// <exception cref="ArgumentException">The number of elements differs.</exception>
    public static Tensor Reshape(Tensor x, params int[] shape) => Tensor.Apply(new Reshape(shape), x);

    /// <summary>The same elements with the axes in another order: axis <c>i</c> of the result is axis <c>order[i]</c> of <c>x</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="order">Every axis once; negative ones count from the end.</param>
    /// <returns>A tensor with the same axes in that order.</returns>
    /// <exception cref="ArgumentException">An axis is missing or named twice.</exception>
    public static Tensor Permute(Tensor x, params int[] order) => Tensor.Apply(new Permute(order), x);

    /// <summary>Tensors one behind the other along an axis.</summary>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="tensors">One or more tensors whose other axes have the same sizes.</param>
    /// <returns>A tensor whose size at the axis is the sum of theirs.</returns>
    /// <exception cref="ArgumentException">The other axes differ.</exception>
    public static Tensor Concat(int axis, params Tensor[] tensors) => Tensor.Apply(new Concat(axis), tensors);

    /// <summary>A number of neighbouring positions of an axis; <c>x[.., 1..4]</c> is the same for several axes.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="start">The first position; a negative one counts from the end.</param>
    /// <param name="length">The number of positions.</param>
    /// <returns>A tensor with that size at the axis.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The positions lie outside the axis.</exception>
    public static Tensor Slice(Tensor x, int axis, int start, int length) => Tensor.Apply(new Slice(axis, start, length), x);

    /// <summary><c>c[.., i, j] = Σₖ a[.., i, k] · b[.., k, j]</c>; leading axes are broadcast.</summary>
    /// <param name="a">A tensor <c>[.., m, k]</c>; of rank 1 it is a row.</param>
    /// <param name="b">A tensor <c>[.., k, n]</c>; of rank 1 it is a column.</param>
    /// <returns>A tensor <c>[.., m, n]</c>, without the axis of an operand of rank 1.</returns>
    /// <exception cref="ArgumentException">The inner sizes differ, or the leading axes cannot be broadcast.</exception>
    public static Tensor MatMul(Tensor a, Tensor b) => Tensor.Apply(new MatMul(), a, b);

    /// <summary>The mean over all positions of <c>−logSoftmax(logits)[target]</c>.</summary>
    /// <param name="logits">Unnormalised scores <c>[.., classes]</c>.</param>
    /// <param name="target">The index of the right class at each position, <c>[..]</c>.</param>
    /// <param name="labelSmoothing">The share ε of the target that is spread over all classes: the loss is <c>(1 − ε)</c> of the above and ε of its mean over all
    /// classes in the target's place (Szegedy et al. 2016).</param>
    /// <param name="ignoreIndex">A target, such as −100, whose positions count nowhere: the mean is over all others, NaN where there are none. Unlike in PyTorch,
    /// nothing is ignored unless this says so.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is not the index of a class, or <paramref name="labelSmoothing"/> does not lie between 0 and 1.</exception>
    public static Tensor SoftmaxCrossEntropy(Tensor logits, Tensor<int> target, float labelSmoothing = 0, int ignoreIndex = int.MinValue) =>
        Tensor.Apply(new SoftmaxCrossEntropy(target.Array, labelSmoothing, ignoreIndex), logits);

    /// <summary>The same with a weight for each class: the mean of <c>−weight[target] · logSoftmax(logits)[target]</c>, divided by the mean of <c>weight[target]</c>.</summary>
    /// <param name="logits">Unnormalised scores <c>[.., classes]</c>.</param>
    /// <param name="target">The index of the right class at each position, <c>[..]</c>.</param>
    /// <param name="weight">The weights, <c>[classes]</c>; they have no gradient.</param>
    /// <param name="labelSmoothing">The share of the target that is spread over all classes, each with its weight.</param>
    /// <param name="ignoreIndex">A target whose positions count nowhere.</param>
    /// <inheritdoc cref="SoftmaxCrossEntropy(Tensor, Tensor{int}, float, int)"/>
    public static Tensor SoftmaxCrossEntropy(Tensor logits, Tensor<int> target, Tensor weight, float labelSmoothing = 0, int ignoreIndex = int.MinValue) =>
        Tensor.Apply(new SoftmaxCrossEntropy(target.Array, labelSmoothing, ignoreIndex), logits, weight);

    /// <summary>The mean of <c>(prediction − target)²</c> over all elements.</summary>
    /// <param name="prediction">Any tensor.</param>
    /// <param name="target">A tensor of the same shape, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Mse(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<SquaredError>(nameof(Mse)), prediction, target);

    /// <summary>The mean of <c>|prediction − target|</c> over all elements; the gradient at 0 is 0.</summary>
    /// <inheritdoc cref="Mse"/>
    public static Tensor Mae(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<AbsoluteError>(nameof(Mae)), prediction, target);

    /// <summary>The mean of <c>d² / 2</c> where <c>|d| ≤ delta</c>, else of <c>delta · (|d| − delta/2)</c>, with <c>d = prediction − target</c> (Huber 1964).</summary>
    /// <param name="prediction">Any tensor.</param>
    /// <param name="target">A tensor of the same shape, or a number.</param>
    /// <param name="delta">Where the loss becomes a line; above 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delta"/> is not above 0.</exception>
    public static Tensor Huber(Tensor prediction, Tensor target, float delta = 1) => Tensor.Apply(new Huber(delta), prediction, target);

    /// <summary>The mean of <c>max(0, 1 − prediction · target)</c> over all elements, for decisions between two classes.</summary>
    /// <param name="prediction">Any tensor: above 0 for the one class, below for the other.</param>
    /// <param name="target">A tensor of the same shape that holds 1 and −1, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor Hinge(Tensor prediction, Tensor target) => Tensor.Apply(new MeanError<HingeError>(nameof(Hinge)), prediction, target);

    /// <summary>The mean of <c>−t · ln σ(x) − (1 − t) · ln(1 − σ(x))</c> over all elements, with <c>σ</c> the sigmoid.</summary>
    /// <param name="logits">The scores <c>x</c> before the sigmoid.</param>
    /// <param name="target">The probabilities <c>t</c>, of the same shape, or a number.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropy(Tensor logits, Tensor target) =>
        Tensor.Apply(new MeanError<LogisticError>(nameof(BinaryCrossEntropy)), logits, target);

    /// <summary>The mean of the binary cross-entropy, each term scaled by <c>qᵞ</c>, where q is the probability of the wrong answer, and by a weight (Lin et al. 2017).</summary>
    /// <param name="logits">The scores before the sigmoid.</param>
    /// <param name="target">The probabilities, of the same shape, or a number.</param>
    /// <param name="alpha">The weight where the target is 1; where it is 0, the weight is <c>1 − alpha</c>. A negative one leaves weights out.</param>
    /// <param name="gamma">The exponent; 0 or more.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is above 1, or <paramref name="gamma"/> below 0.</exception>
    public static Tensor Focal(Tensor logits, Tensor target, float alpha = 0.25f, float gamma = 2) => Tensor.Apply(new Focal(alpha, gamma), logits, target);

    /// <summary>The mean of <c>t · (ln t − x)</c>: how far the probabilities <c>eˣ</c> are from the target's (Kullback and Leibler 1951).</summary>
    /// <remarks>The mean is over all elements; for the sum over classes and the mean over examples, multiply by the number of classes.</remarks>
    /// <param name="prediction">Logarithms of probabilities x, such as <see cref="LogSoftmax"/> returns.</param>
    /// <param name="target">The probabilities t, of the same shape, or a number; 0 adds 0.</param>
    /// <param name="logTarget">Whether the target holds logarithms of probabilities, too.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Tensor KlDivergence(Tensor prediction, Tensor target, bool logTarget = false) => logTarget
        ? Tensor.Apply(new MeanError<LogDivergence>(nameof(KlDivergence)), prediction, target)
        : Tensor.Apply(new MeanError<Divergence>(nameof(KlDivergence)), prediction, target);

    /// <summary>The mean of <c>(ln v + (mean − target)² / v) / 2</c> with <c>v = max(variance, eps)</c>: the target's surprise under a normal distribution.</summary>
    /// <param name="mean">The expected values.</param>
    /// <param name="target">The values, of the same shape.</param>
    /// <param name="variance">The variances, of the same shape. Their gradient passes the bound.</param>
    /// <param name="full">Whether to add the constant <c>ln(2π) / 2</c>.</param>
    /// <param name="eps">The least variance; above 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="eps"/> is not above 0.</exception>
    public static Tensor GaussianNll(Tensor mean, Tensor target, Tensor variance, bool full = false, float eps = 1e-6f) =>
        Tensor.Apply(new GaussianNll(full, eps), mean, target, variance);

    /// <summary>
    /// The mean of <c>1 − c</c> where the target is 1 and of <c>max(0, c − margin)</c> where it is −1; c is the cosine of the angle between a and b along the last axis.
    /// </summary>
    /// <param name="a">The one tensor, <c>[.., width]</c>.</param>
    /// <param name="b">The other one, of the same shape.</param>
    /// <param name="target">For each pair 1, if the two belong together, or −1: <c>[..]</c>.</param>
    /// <param name="margin">The cosine up to which two are far enough apart.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor CosineEmbedding(Tensor a, Tensor b, Tensor target, float margin = 0) => Tensor.Apply(new CosineEmbedding(margin), a, b, target);

    /// <summary>
    /// The mean of <c>max(0, d(anchor, positive) − d(anchor, negative) + margin)</c>, where <c>d(a, b) = ‖a − b + eps‖ₚ</c> along the last axis (Balntas et al. 2016).
    /// </summary>
    /// <param name="anchor">A tensor <c>[.., width]</c>.</param>
    /// <param name="positive">What should be near, of the same shape.</param>
    /// <param name="negative">What should be far, of the same shape.</param>
    /// <param name="margin">How much farther.</param>
    /// <param name="p">The norm's exponent.</param>
    /// <param name="eps">What keeps the distance of equal vectors from 0.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a number.</exception>
    public static Tensor Triplet(Tensor anchor, Tensor positive, Tensor negative, float margin = 1, float p = 2, float eps = 1e-6f) =>
        Tensor.Apply(new Triplet(margin, p, eps), anchor, positive, negative);
}
