using System;
using ModelGen.Reference;

namespace ModelGen;

/// <content>Words that work along axes.</content>
public static partial class Functional
{
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
    public static Tensor Var(Tensor x, double correction = 1) => Tensor.Apply(new Var(axes: null, keepDims: false, correction), x);

    /// <summary>The variance along an axis, <c>y = Σ (x − mean)² / max(0, n − correction)</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements n: 1 where they are a sample of a larger whole, 0 for the mean of the squares.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="correction"/> is negative or not a number.</exception>
    public static Tensor Var(Tensor x, int axis, bool keepDims = false, double correction = 1) => Tensor.Apply(new Var([axis], keepDims, correction), x);

    /// <summary>The variance along several axes, <c>y = Σ (x − mean)² / max(0, n − correction)</c>.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <param name="correction">What is subtracted from the number of elements n: 1 where they are a sample of a larger whole, 0 for the mean of the squares.</param>
    /// <returns>A tensor without the axes, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="correction"/> is negative or not a number.</exception>
    /// <exception cref="ArgumentException">An axis is named twice, or none is.</exception>
    public static Tensor Var(Tensor x, int[] axes, bool keepDims = false, double correction = 1) => Tensor.Apply(new Var(axes, keepDims, correction), x);

    /// <summary>The norm of all elements, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor of rank 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is not a number.</exception>
    public static Tensor Norm(Tensor x, double p = 2) => Tensor.Apply(new Norm(axes: null, keepDims: false, p), x);

    /// <summary>The norm along an axis, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor without the axis, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="p"/> is not a number.</exception>
    public static Tensor Norm(Tensor x, int axis, bool keepDims = false, double p = 2) => Tensor.Apply(new Norm([axis], keepDims, p), x);

    /// <summary>The norm along several axes, <c>y = (Σ |x|ᵖ)^(1/p)</c>. Its gradient is 0 where the norm is.</summary>
    /// <param name="x">Any tensor.</param>
    /// <param name="axes">The axes, each once; negative ones count from the end.</param>
    /// <param name="keepDims">Whether the axes stay, with size 1.</param>
    /// <param name="p">The exponent. For ∞ the norm is the greatest magnitude, for −∞ the smallest, for 0 the number of elements other than 0. A whole number without its name is an axis.</param>
    /// <returns>A tensor without the axes, or with size 1 there.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis, or <paramref name="p"/> is not a number.</exception>
    /// <exception cref="ArgumentException">An axis is named twice, or none is.</exception>
    public static Tensor Norm(Tensor x, int[] axes, bool keepDims = false, double p = 2) => Tensor.Apply(new Norm(axes, keepDims, p), x);

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

    /// <summary>The sum of each element and all before it along an axis: <c>yᵢ = x₀ + … + xᵢ</c>.</summary>
    /// <param name="x">Any tensor of rank 1 or more.</param>
    /// <param name="axis">The axis; a negative one counts from the end.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public static Tensor CumSum(Tensor x, int axis) => Tensor.Apply(new CumSum(axis), x);
}
