using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The exponential function and what follows from it.</content>
public static partial class SimdMath
{
    private const float Log2E = 1.44269504f;

    /// <summary><c>eˣ</c>, within 1.2 units in the last place.</summary>
    /// <param name="x">Any value; NaN gives NaN, −∞ gives 0, above 88.73 the result is ∞.</param>
    /// <returns>The exponential.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : struct, ISimd<V>
    {
        V r = Reduce(V.Clamp(x, -104f, 89f), out V n);
        V p = ExpTail(r);
        p = Step(p, r, 1f);
        p = Step(p, r, 1f);
        return V.Scale(p, n);
    }

    /// <summary><c>eˣ − 1</c>, within 1.7 units in the last place, also where x is near 0.</summary>
    /// <param name="x">Any value; NaN gives NaN, −∞ gives −1, above 88.73 the result is ∞, −0 gives −0.</param>
    /// <returns>The exponential less one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1<V>(V x)
        where V : struct, ISimd<V>
    {
        // eˣ − 1 = (p + (1 − 2⁻ⁿ)) · 2ⁿ. Below −18 the result is −1.
        V one = V.Broadcast(1f);
        V p = ExpMinusOne(V.Clamp(x, -18f, 89f), out V n);
        return WithSign(V.Scale(p + (one - V.Scale(one, -n)), n), x);
    }

    /// <summary><c>1 / (1 + e⁻ˣ)</c>, within 2.5 units in the last place, also where the result is denormal.</summary>
    /// <param name="x">Any value; NaN gives NaN.</param>
    /// <returns>The logistic function, in [0, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid<V>(V x)
        where V : struct, ISimd<V>
    {
        // e^−|x| cannot overflow; for negative x, eˣ / (1 + eˣ) keeps the small results exact.
        V one = V.Broadcast(1f);
        V e = Exp(-V.Abs(x));
        return V.Select(V.GreaterEqual(x, V.Zero), one, e) / (one + e);
    }

    /// <summary>The hyperbolic tangent, within 2.7 units in the last place.</summary>
    /// <param name="x">Any value; NaN gives NaN, −0 gives −0.</param>
    /// <returns>A value in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : struct, ISimd<V>
    {
        // tanh x = m / (m + 2) with m = e²ˣ − 1 = p · 2ⁿ + (2ⁿ − 1), which loses nothing near zero. Beyond 10 the result is 1.
        V size = V.Clamp(V.Abs(x), 0f, 10f);
        V p = ExpMinusOne(size + size, out V n);
        V power = V.Scale(V.Broadcast(1f), n);
        V m = V.MultiplyAdd(p, power, power - V.Broadcast(1f));
        return WithSign(m / (m + V.Broadcast(2f)), x);
    }

    /// <summary>Finds <c>n</c> and <c>p = eʳ − 1</c> with <c>eˣ = (1 + p) · 2ⁿ</c> and |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpMinusOne<V>(V x, out V n)
        where V : struct, ISimd<V>
    {
        V r = Reduce(x, out n);
        return V.MultiplyAdd(ExpTail(r), r * r, r);
    }

    /// <summary>Finds <c>n</c> and <c>r</c> with <c>x = r + n · ln 2</c> and |r| ≤ ½ ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Reduce<V>(V x, out V n)
        where V : struct, ISimd<V>
    {
        n = V.Round(x * Log2E);
        V r = V.MultiplyAdd(n, -Ln2High, x);
        return V.MultiplyAdd(n, -Ln2Low, r);
    }

    /// <summary><c>(eʳ − 1 − r) / r²</c></summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpTail<V>(V r)
        where V : struct, ISimd<V>
    {
        V p = V.Broadcast(0.00138207478f);
        p = Step(p, r, 0.00836867746f);
        p = Step(p, r, 0.0416682661f);
        p = Step(p, r, 0.166665211f);
        return Step(p, r, 0.49999994f);
    }
}
