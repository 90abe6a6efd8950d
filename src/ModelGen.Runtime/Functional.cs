using System;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>
/// The words of model code, used with <c>using static ModelGen.Functional</c>. Semantics and defaults are PyTorch's: operands are broadcast,
/// negative axes count from the end.
/// </summary>
/// <remarks>Called on tensors, as the eager reading does, they run plain reference loops; the build compiles the same calls to kernels.</remarks>
public static partial class Functional
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

    /// <summary><c>y = eˣ − 1</c>, which keeps its digits where x is near 0.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Expm1(Tensor x) => Tensor.Apply(new Elementwise<Expm1>(), x);

    /// <summary><c>y = ln x</c>; −∞ at 0, NaN below.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Log(Tensor x) => Tensor.Apply(new Elementwise<Log>(), x);

    /// <summary><c>y = ln(1 + x)</c>, which keeps its digits where x is near 0; −∞ at −1, NaN below.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Log1p(Tensor x) => Tensor.Apply(new Elementwise<Log1p>(), x);

    /// <summary>
    /// <c>y = x^exponent</c>, with the special values of IEEE 754: 1 where the exponent is 0 or x is 1; NaN for a negative x and an exponent that is
    /// not whole. The gradient of x is 0 where the exponent is 0, that of the exponent where x is 0 and the exponent is not negative.
    /// </summary>
    /// <param name="x">The base.</param>
    /// <param name="exponent">The exponent.</param>
    /// <inheritdoc cref="Add"/>
    public static Tensor Pow(Tensor x, Tensor exponent) => Tensor.Apply(new Pairwise<Pow>(), x, exponent);

    /// <summary><c>y = x^exponent</c> with one number for all elements. Exponents of ±½ are <see cref="Sqrt"/> and <see cref="Rsqrt"/>, small whole ones products.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="exponent">The exponent.</param>
    /// <returns>A tensor of the same shape.</returns>
    public static Tensor Pow(Tensor x, double exponent) => Tensor.Apply(new PowNumber(exponent), x);

    /// <summary><c>y = sin x</c>, x in radians; NaN at ±∞.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Sin(Tensor x) => Tensor.Apply(new Elementwise<Sin>(), x);

    /// <summary><c>y = cos x</c>, x in radians; NaN at ±∞.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Cos(Tensor x) => Tensor.Apply(new Elementwise<Cos>(), x);

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

    /// <summary><c>y = x · tanh(softplus(x))</c> (Misra 2019).</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Mish(Tensor x) => Tensor.Apply(new Elementwise<Mish>(), x);

    /// <summary><c>y = x</c> where x is above 0, else <c>slope · x</c> (Maas, Hannun and Ng 2013).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="slope">The slope below 0.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor LeakyRelu(Tensor x, double slope = 0.01) => Tensor.Apply(new LeakyRelu(slope), x);

    /// <summary><c>y = x</c> where x is above 0, else <c>alpha · (eˣ − 1)</c> (Clevert, Unterthiner and Hochreiter 2015).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="alpha">The size of the limit at −∞.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Elu(Tensor x, double alpha = 1) => Tensor.Apply(new Elu(alpha), x);

    /// <summary><c>y = 1.0507 · x</c> where x is above 0, else <c>1.0507 · 1.6733 · (eˣ − 1)</c> (Klambauer et al. 2017, with all digits).</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Selu(Tensor x) => Tensor.Apply(new Elementwise<Selu>(), x);

    /// <summary><c>y = ln(1 + e^(beta · x)) / beta</c>, or x itself where <c>beta · x</c> is above the threshold (Dugas et al. 2001).</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="beta">How sharp the bend at 0 is.</param>
    /// <param name="threshold">Where the straight line begins.</param>
    /// <inheritdoc cref="Neg"/>
    public static Tensor Softplus(Tensor x, double beta = 1, double threshold = 20) => Tensor.Apply(new Softplus(beta, threshold), x);

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
    public static Tensor Clamp(Tensor x, double low = double.NegativeInfinity, double high = double.PositiveInfinity) => Tensor.Apply(new Clamp(low, high), x);

    /// <summary><c>y = x</c>, whose gradient is zero.</summary>
    /// <inheritdoc cref="Neg"/>
    public static Tensor StopGradient(Tensor x) => x;

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

    /// <summary>The tensor cut along an axis into parts of one size; the last part is what is left.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="size">The size of the parts.</param>
    /// <param name="axis">The axis; a negative one counts from the end. Its size must be known at build time.</param>
    /// <returns>The parts, to be indexed or taken apart: <c>var (a, b) = Split(x, 2)</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or the size is below 1.</exception>
    public static Tensor[] Split(Tensor x, int size, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Split(x, Reference.Split.Sizes(size, axis, x.Shape.AsSpan()), axis);
    }

    /// <summary>The tensor cut along an axis into parts of given sizes.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="sizes">The sizes of the parts, whose sum is the size of the axis.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <returns>The parts, to be indexed or taken apart: <c>var (a, b) = Split(x, [2, 3])</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The sizes do not add up to the size of the axis.</exception>
    public static Tensor[] Split(Tensor x, int[] sizes, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(sizes);
        Reference.Split.Check(sizes, axis, x.Shape.AsSpan());
        var parts = new Tensor[sizes.Length];
        for (int part = 0, start = 0; part < parts.Length; start += sizes[part++]) parts[part] = Slice(x, axis, start, sizes[part]);
        return parts;
    }

    /// <summary>The same elements with two axes changed places.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="a">The one axis; a negative one counts from the end.</param>
    /// <param name="b">The other axis.</param>
    /// <returns>A tensor with the axes in that order.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Transpose(Tensor x, int a, int b) => Tensor.Apply(new Transpose(a, b), x);

    /// <summary>The same elements with several neighbouring axes as one.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="start">The first of the axes; a negative one counts from the end.</param>
    /// <param name="end">The last of the axes.</param>
    /// <returns>A tensor whose size at <paramref name="start"/> is the product of theirs; of a single number a vector of one element.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">The first lies behind the last.</exception>
    public static Tensor Flatten(Tensor x, int start = 0, int end = -1) => Tensor.Apply(new Flatten(start, end), x);

    /// <summary>The same elements without the axes of size 1; every size must be known at build time.</summary>
    /// <param name="x">Any tensor.</param>
    /// <returns>A tensor of fewer axes.</returns>
    public static Tensor Squeeze(Tensor x) => Tensor.Apply(new Squeeze(axes: null), x);

    /// <summary>The same elements without an axis, if it has size 1.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end. Its size must be known at build time.</param>
    /// <returns>A tensor without the axis, or the tensor itself where the axis has another size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Squeeze(Tensor x, int axis) => Tensor.Apply(new Squeeze([axis]), x);

    /// <summary>The same elements without those of several axes that have size 1.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes; negative ones count from the end. Their sizes must be known at build time.</param>
    /// <returns>A tensor of fewer axes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor Squeeze(Tensor x, int[] axes) => Tensor.Apply(new Squeeze(axes), x);

    /// <summary>The same elements with one more axis, of size 1.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">Where the axis is in the result; a negative one counts from the result's end.</param>
    /// <returns>A tensor of one axis more.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static Tensor Unsqueeze(Tensor x, int axis) => Tensor.Apply(new Unsqueeze(axis), x);

    /// <summary>Axes of size 1 repeated to other sizes.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="shape">The new shape, aligned at the last axis: a size that stays, may also be −1; axes that <paramref name="x"/> lacks come in front.</param>
    /// <returns>A tensor of that shape.</returns>
    /// <exception cref="ArgumentException">An axis has neither that size nor 1.</exception>
    public static Tensor Expand(Tensor x, params int[] shape) => Tensor.Apply(new Expand(shape), x);

    /// <summary>Tensors of one shape along a new axis.</summary>
    /// <param name="axis">Where the axis is in the result; a negative one counts from the result's end.</param>
    /// <param name="tensors">One or more tensors of the same shape.</param>
    /// <returns>A tensor of one axis more, whose size is the number of tensors.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public static Tensor Stack(int axis, params Tensor[] tensors) => Tensor.Apply(new Stack(axis), tensors);

    /// <summary>More elements before the first and behind the last of an axis.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="pads">How many before and behind, for the last axis, then for the one before it, and so on, as in PyTorch. Negative numbers take elements away.</param>
    /// <param name="mode">What is added.</param>
    /// <param name="value">The number that <see cref="PadMode.Constant"/> adds.</param>
    /// <returns>A tensor whose sizes are larger by the pads.</returns>
    /// <exception cref="ArgumentException">There are more pads than axes, an odd number of them, or more than the mode can add.</exception>
    public static Tensor Pad(Tensor x, int[] pads, PadMode mode = PadMode.Constant, float value = 0) => Tensor.Apply(new Pad(pads, mode, value), x);

    /// <summary>The elements along axes in reverse.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    /// <exception cref="ArgumentException">An axis is named twice.</exception>
    public static Tensor Flip(Tensor x, params int[] axes) => Tensor.Apply(new Flip(axes), x);

    /// <summary>The whole tensor several times along its axes.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="repeats">How often along each axis, aligned at the last; more counts than axes make more axes.</param>
    /// <returns>A tensor whose sizes are multiplied by the counts.</returns>
    /// <exception cref="ArgumentException">A count is negative.</exception>
    public static Tensor Tile(Tensor x, params int[] repeats) => Tensor.Apply(new Tile(repeats), x);

    /// <summary>For each index a row that is 1 at the index and 0 elsewhere.</summary>
    /// <param name="indices">The indices, from 0 to <paramref name="count"/> − 1.</param>
    /// <param name="count">The length of the rows.</param>
    /// <returns>A tensor <c>[.., count]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is none of these.</exception>
    /// <exception cref="ArgumentException">The count is below 1.</exception>
    public static Tensor OneHot(Tensor<int> indices, int count)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Tensor.Of(new OneHot(indices.Array, count).Run<float>([]));
    }

    /// <summary>The lower triangle of matrices: <c>y[.., i, j] = x[.., i, j]</c> where <c>j ≤ i + diagonal</c>, else 0.</summary>
    /// <param name="x">A tensor <c>[.., m, n]</c>.</param>
    /// <param name="diagonal">The last diagonal that stays: 0 is the main one, 1 the one to its right.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException">The tensor has fewer than two axes.</exception>
    public static Tensor Tril(Tensor x, int diagonal = 0) => Tensor.Apply(new Triangle(nameof(Tril), isLower: true, diagonal), x);

    /// <summary>The upper triangle of matrices: <c>y[.., i, j] = x[.., i, j]</c> where <c>j ≥ i + diagonal</c>, else 0.</summary>
    /// <param name="x">A tensor <c>[.., m, n]</c>.</param>
    /// <param name="diagonal">The first diagonal that stays: 0 is the main one, 1 the one to its right.</param>
    /// <inheritdoc cref="Tril"/>
    public static Tensor Triu(Tensor x, int diagonal = 0) => Tensor.Apply(new Triangle(nameof(Triu), isLower: false, diagonal), x);

    /// <summary>Elements at indices along an axis: <c>y[i, j] = x[indices[i, j], j]</c> for axis 0 of a matrix.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="axis">The axis that is indexed; a negative one counts from the end.</param>
    /// <param name="indices">Indices into that axis, of the rank of <paramref name="x"/>; along the other axes no longer than it.</param>
    /// <returns>A tensor of the shape of <paramref name="indices"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index lies outside of it.</exception>
    /// <exception cref="ArgumentException">The indices have other axes, or are longer along one that they do not index.</exception>
    public static Tensor Gather(Tensor x, int axis, Tensor<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Tensor.Apply(new Gather(axis, indices.Array), x);
    }

    /// <summary>A tensor with other elements at indices along an axis: <c>y[indices[i, j], j] = source[i, j]</c> for axis 0 of a matrix. Of equal indices the last counts.</summary>
    /// <remarks>The gradient of <paramref name="source"/> is the one at its index, also for those that did not count, as in PyTorch.</remarks>
    /// <param name="x">Any tensor of rank 1 or more, whose other elements stay.</param>
    /// <param name="axis">The axis that is indexed; a negative one counts from the end.</param>
    /// <param name="indices">Indices into that axis, of the rank of <paramref name="x"/>; along the other axes no longer than it.</param>
    /// <param name="source">The new elements: one for each index, at the same position.</param>
    /// <returns>A tensor of the shape of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index lies outside of it.</exception>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor Scatter(Tensor x, int axis, Tensor<int> indices, Tensor source)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Tensor.Apply(new Scatter(axis, indices.Array), x, source);
    }

    /// <summary>The parts of a tensor along an axis that a list names, such as rows of a table.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="indices">A list of indices into that axis.</param>
    /// <returns>A tensor with as many parts as there are indices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or an index lies outside of it.</exception>
    /// <exception cref="ArgumentException">The indices are no list.</exception>
    public static Tensor IndexSelect(Tensor x, int axis, Tensor<int> indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        return Tensor.Apply(new IndexSelect(axis, indices.Array), x);
    }

    /// <summary>Sums of products by letters: <c>Einsum("bij,bjk->bik", a, b)</c> is <c>y[b, i, k] = Σⱼ a[b, i, j] · b[b, j, k]</c>.</summary>
    /// <param name="equation">
    /// A letter for every axis of every operand, and behind <c>-></c> those of the result: what it lacks is summed over. Without <c>-></c> the result has the letters that
    /// occur once, in alphabetical order. A letter twice in one operand is its diagonal; <c>...</c> stands for axes without a letter, which are broadcast.
    /// </param>
    /// <param name="operands">The factors. Axes of one letter have one size, or 1.</param>
    /// <returns>A tensor with the axes of the result's letters.</returns>
    /// <exception cref="ArgumentException">The equation cannot be read, or does not fit the operands.</exception>
    public static Tensor Einsum(string equation, params Tensor[] operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        return Tensor.Apply(new Einsum(equation), operands);
    }

    /// <summary><c>c[.., i, j] = Σₖ a[.., i, k] · b[.., k, j]</c>; leading axes are broadcast.</summary>
    /// <param name="a">A tensor <c>[.., m, k]</c>; of rank 1 it is a row.</param>
    /// <param name="b">A tensor <c>[.., k, n]</c>; of rank 1 it is a column.</param>
    /// <returns>A tensor <c>[.., m, n]</c>, without the axis of an operand of rank 1.</returns>
    /// <exception cref="ArgumentException">The inner sizes differ, or the leading axes cannot be broadcast.</exception>
    public static Tensor MatMul(Tensor a, Tensor b) => Tensor.Apply(new MatMul(), a, b);
}
