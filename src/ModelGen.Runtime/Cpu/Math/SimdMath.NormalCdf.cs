using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The normal distribution.</content>
public static partial class SimdMath
{
    /// <summary>The distribution function of the standard normal distribution, <c>Φ(x) = (1 + erf(x / √2)) / 2</c>, within 1.1 · 10⁻⁷.</summary>
    /// <remarks>
    /// For −3 ≤ x also within 3 · 10⁻⁶ of itself. <c>Φ(−t) = 2^P(t)</c>, where P, of degree 8, and the polynomial of 2ʳ were fitted for the least
    /// absolute error of the result.
    /// </remarks>
    /// <param name="x">Any value; NaN gives NaN.</param>
    /// <returns>A value in [0, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalCdf<V>(V x)
        where V : struct, ISimd<V>
    {
        V size = V.Abs(x);
        V p = V.Broadcast(-2.77205754e-06f);
        p = Step(p, size, 3.86208194e-05f);
        p = Step(p, size, -0.000182547825f);
        p = Step(p, size, -0.00014586981f);
        p = Step(p, size, 0.00707547134f);
        p = Step(p, size, -0.0525050276f);
        p = Step(p, size, -0.459204912f);
        p = Step(p, size, -1.15110576f);
        p = V.Clamp(Step(p, size, -1f), -150f, 0f);

        V n = V.Round(p);
        V r = p - n;
        V e = V.Broadcast(0.00132647261f);
        e = Step(e, r, 0.00967151299f);
        e = Step(e, r, 0.0555073358f);
        e = Step(e, r, 0.240222424f);
        e = Step(e, r, 0.693147004f);
        V tail = V.Scale(Step(e, r, 1f), n);
        return V.Select(V.Greater(x, V.Zero), V.Broadcast(1f) - tail, tail);
    }
}
