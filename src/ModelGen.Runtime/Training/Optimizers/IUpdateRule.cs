using ModelGen.Cpu;

namespace ModelGen;

/// <summary>How one parameter value changes: the text of an optimizer, written once for processors and for devices.</summary>
/// <remarks>
/// A rule is a struct whose fields are <see langword="float"/> numbers, which are the same for all values of a sweep; what depends on the step is
/// computed beforehand. For processors, mark <see cref="Apply"/> with <c>[MethodImpl(MethodImplOptions.AggressiveInlining)]</c>. For devices, it
/// may use the arithmetic of <see cref="ISimd{V}"/> and <see cref="SimdMath"/>, but throws nothing and touches no object.
/// <code>
/// /// v = decay · v + g²;  p −= rate · g / (√v + ε)
/// private readonly struct RmsRule(float rate, float decay, float epsilon) : IUpdateRule
/// {
///     public static int Slots => 1;
///
///     [MethodImpl(MethodImplOptions.AggressiveInlining)]
///     public void Apply&lt;V&gt;(ref V parameter, V gradient, ref V first, ref V second, ref V third)
///         where V : struct, ISimd&lt;V&gt;
///     {
///         first = V.MultiplyAdd(V.Broadcast(decay), first, gradient * gradient);
///         parameter -= V.Broadcast(rate) * gradient / (V.Sqrt(first) + V.Broadcast(epsilon));
///     }
/// }
/// </code>
/// </remarks>
public interface IUpdateRule
{
    /// <summary>Gets the number of values that are remembered for each parameter value, from 0 to 3; zeros at first.</summary>
    static abstract int Slots { get; }

    /// <summary>Changes parameter values and what is remembered of them.</summary>
    /// <param name="parameter">The values.</param>
    /// <param name="gradient">Their gradients, clipped as the optimizer asks for.</param>
    /// <param name="first">What is remembered in the first slot; of no meaning where there is none.</param>
    /// <param name="second">What is remembered in the second slot; of no meaning where there is none.</param>
    /// <param name="third">What is remembered in the third slot; of no meaning where there is none.</param>
    /// <typeparam name="V">The vector.</typeparam>
    void Apply<V>(ref V parameter, V gradient, ref V first, ref V second, ref V third)
        where V : struct, ISimd<V>;
}
