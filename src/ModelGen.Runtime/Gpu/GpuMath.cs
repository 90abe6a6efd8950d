using System;
using ModelGen.Cpu;

namespace ModelGen.Gpu;

/// <summary>Functions of single numbers in kernels for devices, as exact as those for processors.</summary>
/// <remarks>
/// The elementary functions are <see cref="SimdMath"/>'s polynomials: a device's own are approximations that differ from device to device.
/// The bounds given there hold.
/// </remarks>
public static class GpuMath
{
    /// <summary><c>a · b + c</c>, rounded once where the device can: what a kernel asks for with it is one instruction there.</summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">The other.</param>
    /// <param name="c">What is added.</param>
    /// <returns>The sum.</returns>
    public static float MultiplyAdd(float a, float b, float c) => GpuRounding.MultiplyAdd(a, b, c);

    /// <summary>
    /// <c>a · b</c>, rounded on its own whatever becomes of it. Kernels must not use C#'s operator: a device's compiler may fuse that with a sum in one pass and not in
    /// another, so that an element would not equal itself.
    /// </summary>
    /// <param name="a">A factor.</param>
    /// <param name="b">The other.</param>
    /// <returns>The product.</returns>
    public static float Product(float a, float b) => GpuRounding.Product(a, b);

    /// <summary>The square root.</summary>
    /// <param name="x">Any value; negative ones give NaN.</param>
    /// <returns>√x.</returns>
    public static float Sqrt(float x) => MathF.Sqrt(x);

    /// <summary><c>eˣ</c>.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The exponential.</returns>
    public static float Exp(float x) => SimdMath.Exp(new GpuLane(x)).Value;

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">Any value; negative ones give NaN.</param>
    /// <returns>ln x.</returns>
    public static float Log(float x) => SimdMath.Log(new GpuLane(x)).Value;

    /// <summary><c>eˣ − 1</c>, also where x is near 0.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The exponential less one.</returns>
    public static float Expm1(float x) => SimdMath.Expm1(new GpuLane(x)).Value;

    /// <summary><c>ln(1 + x)</c>, also where x is near 0.</summary>
    /// <param name="x">Any value; below −1 it gives NaN.</param>
    /// <returns>The logarithm.</returns>
    public static float Log1p(float x) => SimdMath.Log1p(new GpuLane(x)).Value;

    /// <summary>The sine of an angle in radians.</summary>
    /// <param name="x">Any value; ±∞ give NaN.</param>
    /// <returns>sin x.</returns>
    public static float Sin(float x) => SimdMath.Sin(new GpuLane(x)).Value;

    /// <summary>The cosine of an angle in radians.</summary>
    /// <param name="x">Any value; ±∞ give NaN.</param>
    /// <returns>cos x.</returns>
    public static float Cos(float x) => SimdMath.Cos(new GpuLane(x)).Value;

    /// <summary><c>aᵇ</c>: see <see cref="SimdMath.Pow"/>.</summary>
    /// <param name="a">The base.</param>
    /// <param name="b">The exponent.</param>
    /// <returns>The power.</returns>
    public static float Pow(float a, float b) => SimdMath.Pow(new GpuLane(a), new GpuLane(b)).Value;

    /// <summary>The hyperbolic tangent.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>tanh x.</returns>
    public static float Tanh(float x) => SimdMath.Tanh(new GpuLane(x)).Value;

    /// <summary><c>1 / (1 + e⁻ˣ)</c>.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The logistic function.</returns>
    public static float Sigmoid(float x) => SimdMath.Sigmoid(new GpuLane(x)).Value;

    /// <summary>The error function.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>erf x.</returns>
    public static float Erf(float x) => SimdMath.Erf(new GpuLane(x)).Value;

    /// <summary>The distribution function of the standard normal distribution.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>Φ(x).</returns>
    public static float NormalCdf(float x) => SimdMath.NormalCdf(new GpuLane(x)).Value;

    /// <summary><c>a &gt; b</c>, false where either is NaN. Kernels must not use C#'s operator, whose result for NaN differs from device to device.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>Whether the first is greater.</returns>
    public static bool Greater(float a, float b) => GpuCompare.Greater(a, b);

    /// <summary><c>a ≥ b</c>, false where either is NaN. Kernels must not use C#'s operator, whose result for NaN differs from device to device.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>Whether the first is greater or equal.</returns>
    public static bool GreaterEqual(float a, float b) => GpuCompare.GreaterEqual(a, b);

    /// <summary><c>a &lt; b</c>, false where either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>Whether the first is less.</returns>
    public static bool Less(float a, float b) => GpuCompare.Greater(b, a);

    /// <summary><c>a ≤ b</c>, false where either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>Whether the first is less or equal.</returns>
    public static bool LessEqual(float a, float b) => GpuCompare.GreaterEqual(b, a);

    /// <summary>The greater of two numbers, NaN where either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>The greater.</returns>
    public static float Max(float a, float b) => Greater(a, b) || float.IsNaN(a) ? a : b;

    /// <summary>The lesser of two numbers, NaN where either is NaN.</summary>
    /// <param name="a">A number.</param>
    /// <param name="b">Another.</param>
    /// <returns>The lesser.</returns>
    public static float Min(float a, float b) => Greater(b, a) || float.IsNaN(a) ? a : b;

    /// <summary>The size of a number, without its sign.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The size.</returns>
    public static float Abs(float x) => GpuLane.Abs(new GpuLane(x)).Value;

    /// <summary>The greatest whole number that is at most a number.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The whole number.</returns>
    public static float Floor(float x) => GpuLane.Floor(new GpuLane(x)).Value;

    /// <summary>The nearest whole number; halves go to the even one.</summary>
    /// <param name="x">Any value.</param>
    /// <returns>The whole number.</returns>
    public static float Round(float x) => GpuLane.Round(new GpuLane(x)).Value;
}
