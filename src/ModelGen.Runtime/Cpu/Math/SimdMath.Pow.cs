using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>Powers.</content>
public static partial class SimdMath
{
    // 2 / (3 · ln 2) in two parts, the first of 12 bits.
    private const float ThirdsHigh = 0.961669922f;
    private const float ThirdsLow = 0.000126772051f;
    private const float Thirds = 0.961796694f;

    /// <summary><c>aᵇ</c>, within 1.4 units in the last place.</summary>
    /// <remarks>
    /// Special values are those of IEEE 754: 1 where b is 0 or a is 1, even if the other is NaN; a negative a has powers for whole b only, negative ones for odd b.
    /// </remarks>
    /// <param name="a">The base, any value.</param>
    /// <param name="b">The exponent, any value.</param>
    /// <returns>The power.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Pow<V>(V a, V b)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1f);
        V nan = V.Broadcast(float.NaN);
        V size = V.Abs(a);
        V half = b * 0.5f;
        V isWhole = V.Equal(V.Floor(b), b);
        V isOdd = V.And(isWhole, V.Not(V.Equal(V.Floor(half), half)));
        V isEdge = V.Or(V.Equal(size, V.Zero), V.Equal(size, V.Broadcast(float.PositiveInfinity)));

        V result = V.Select(V.Equal(a, a), PowOfPositive(size, b), nan);
        result = V.Select(V.And(V.Greater(V.Zero, a), V.Not(isWhole)), nan, result);
        V edge = V.Select(V.Greater(b, V.Zero), size, V.Select(V.Equal(b, b), one / size, nan));
        result = WithSign(V.Select(isEdge, edge, result), V.And(isOdd, a));
        return V.Select(V.Or(V.Equal(b, V.Zero), V.Equal(a, one)), one, result);
    }

    /// <summary><c>aᵇ = 2^(b · log₂ a)</c>, where the exponent has twice the digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowOfPositive<V>(V a, V b)
        where V : struct, ISimd<V>
    {
        // Beyond 2³² every power but those of 1 is 0 or ∞, and the product would overflow.
        V log = Log2OfPositive(a, out V logLow);
        V exponent = V.Clamp(b, -4294967296f, 4294967296f);
        V coarse = V.Coarse(exponent);
        V low = V.MultiplyAdd(exponent - coarse, log, exponent * logLow);
        V high = coarse * log;
        V n = V.Round(V.Clamp(high + low, -152f, 129f));
        V r = V.Clamp((high - n) + low, -1f, 1f) * Ln2;
        V p = ExpTail(r);
        p = Step(p, r, 1f);
        p = Step(p, r, 1f);
        return V.Scale(p, n);
    }

    /// <summary>Finds <c>log₂ a = log + low</c> within 2⁻³⁴ of itself; the first has 12 bits, so that a product with another such number is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Log2OfPositive<V>(V a, out V low)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1f);
        V denormal = V.Greater(V.Broadcast(SmallestNormal), a);
        V m = V.Mantissa(V.Select(denormal, a * TwoTo23, a), out V e);
        e -= V.And(denormal, V.Broadcast(23f));

        // s + sLow = (m − 1) / (m + 1)
        V f = m - one;
        V d = m + one;
        V quotient = f / d;
        V s = V.Coarse(quotient);
        V dCoarse = V.Coarse(d);
        V sLow = ((f - (s * dCoarse)) - (s * (m - (dCoarse - one)))) / d;

        // 3 · atanh(s) / s = 3 + s² + s⁴ · P(s²) = t + tLow
        V three = V.Broadcast(3f);
        V square = s * s;
        V all = quotient * quotient;
        V p = V.Broadcast(0.351294488f);
        p = Step(p, all, 0.428206354f);
        p = Step(p, all, 0.600002289f);
        V rest = V.MultiplyAdd(p, all * all, sLow * (s + quotient));
        V t = V.Coarse(three + square + rest);
        V tLow = rest - ((t - three) - square);

        // 3 · atanh(s) = u + uLow, and the logarithm of m is that times 2/(3 · ln 2).
        V product = s * t;
        V productLow = V.MultiplyAdd(sLow, t, tLow * quotient);
        V u = V.Coarse(product + productLow);
        V uLow = productLow - (u - product);
        V high = u * ThirdsHigh;
        V rounding = V.MultiplyAdd(u, ThirdsLow, uLow * Thirds);
        V log = V.Coarse(high + rounding + e);
        low = rounding - ((log - e) - high);
        return log;
    }
}
