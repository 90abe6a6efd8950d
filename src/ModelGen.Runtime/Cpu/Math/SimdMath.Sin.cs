using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The trigonometric functions.</content>
public static partial class SimdMath
{
    // Up to here the number of quarter turns has at most 13 bits.
    private const float LargeAngle = 12800f;

    // π/2 in four parts. The first three have 11 bits, so that a product with a number of quarter turns is exact even without a fused multiplication.
    private const float Quarter1 = 1.5703125f;
    private const float Quarter2 = 0.000483751297f;
    private const float Quarter3 = 7.54953362e-08f;
    private const float Quarter4 = 2.56334407e-12f;

    // What the first part leaves of π/2.
    private const float QuarterRest = 0.000483826795f;

    /// <summary>The sine of an angle in radians, within 0.95 units in the last place for angles of any size.</summary>
    /// <param name="x">Any value; ±∞ and NaN give NaN, −0 gives −0.</param>
    /// <returns>A value in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin<V>(V x)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1f);
        V turns = QuarterTurns(V.Abs(x), out V high, out V low);
        return SinOfTurns(turns, high, low) * WithSign(one, x);
    }

    /// <summary>The cosine of an angle in radians, within 0.95 units in the last place for angles of any size.</summary>
    /// <param name="x">Any value; ±∞ and NaN give NaN.</param>
    /// <returns>A value in [−1, 1].</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos<V>(V x)
        where V : struct, ISimd<V>
    {
        V turns = QuarterTurns(V.Abs(x), out V high, out V low);
        return SinOfTurns(turns + V.Broadcast(1f), high, low);
    }

    /// <summary>The sine of <c>turns · π/2 + high + low</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinOfTurns<V>(V turns, V high, V low)
        where V : struct, ISimd<V>
    {
        V square = high * high;
        V whole = turns * 0.25f;
        V part = whole - V.Floor(whole);
        V isOdd = V.Or(V.Equal(part, V.Broadcast(0.25f)), V.Equal(part, V.Broadcast(0.75f)));
        V result = V.Select(isOdd, CosNear(square, high, low), SinNear(square, high, low));
        return V.Select(V.GreaterEqual(part, V.Broadcast(0.5f)), -result, result);
    }

    /// <summary><c>sin r = r + r³ · P(r²)</c> for |r| ≤ π/4</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinNear<V>(V square, V high, V low)
        where V : struct, ISimd<V>
    {
        V p = V.Broadcast(-0.000195182787f);
        p = Step(p, square, 0.00833218917f);
        p = Step(p, square, -0.166666552f);
        return high + V.MultiplyAdd(p, square * high, low);
    }

    /// <summary><c>cos r = 1 − r²/2 + r⁴ · P(r²)</c> for |r| ≤ π/4; what is lost in the first difference is added with the small terms.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V CosNear<V>(V square, V high, V low)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1f);
        V p = V.Broadcast(2.44323273e-05f);
        p = Step(p, square, -0.00138873095f);
        p = Step(p, square, 0.0416666456f);
        V half = square * 0.5f;
        V near = one - half;
        return near + (((one - near) - half) + V.MultiplyAdd(p, square * square, -(high * low)));
    }

    /// <summary>Finds a whole number of quarter turns and <c>high + low</c>, at most half a quarter turn, with <c>size = turns · π/2 + high + low</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V QuarterTurns<V>(V size, out V high, out V low)
        where V : struct, ISimd<V>
    {
        // Devices compare floats by masks only: operators lose the case of NaN there.
        V isSmall = V.Greater(V.Broadcast(LargeAngle), size);
        if (V.Max(V.Select(isSmall, V.Broadcast(0f), V.Broadcast(1f))) != 0f)
        {
            return LargeQuarterTurns(size, out high, out low);
        }

        return SmallQuarterTurns(size, out high, out low);
    }

    /// <summary>The angle less its quarter turns, part after part (Cody and Waite 1980).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SmallQuarterTurns<V>(V size, out V high, out V low)
        where V : struct, ISimd<V>
    {
        V turns = V.Round(size * 0.636619772f);
        V rest = V.MultiplyAdd(turns, -Quarter1, size);
        rest = V.MultiplyAdd(turns, -Quarter2, rest);
        V third = turns * Quarter3;
        high = rest - third;
        low = V.MultiplyAdd(turns, -Quarter4, (rest - high) - third);
        Normalize(ref high, ref low);
        return turns;
    }

    /// <summary>The same for angles of which some are large; the quarter turns are less than 4, since the others change nothing.</summary>
    /// <remarks>Nothing is said on inlining: a processor should call it, being rarely here, and a kernel of a device must not call anything.</remarks>
    private static V LargeQuarterTurns<V>(V size, out V high, out V low)
        where V : struct, ISimd<V>
    {
        V turns = V.QuarterTurns(size, out V part, out V partLow);

        // part + partLow is in quarter turns. Products of halves are exact.
        V coarse = V.Coarse(part);
        partLow += part - coarse;
        V largeHigh = coarse * Quarter1;
        V largeLow = V.MultiplyAdd(coarse, QuarterRest, partLow * 1.57079633f);
        Normalize(ref largeHigh, ref largeLow);

        V isLarge = V.Greater(size, V.Broadcast(LargeAngle));
        turns = V.Select(isLarge, turns, SmallQuarterTurns(size, out high, out low));
        high = V.Select(isLarge, largeHigh, high);
        low = V.Select(isLarge, largeLow, low);
        high = V.Select(V.Greater(V.Broadcast(float.PositiveInfinity), size), high, V.Broadcast(float.NaN));
        return turns;
    }

    /// <summary>Makes <paramref name="high"/> the sum of both, and <paramref name="low"/> what that loses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Normalize<V>(ref V high, ref V low)
        where V : struct, ISimd<V>
    {
        V sum = high + low;
        low -= sum - high;
        high = sum;
    }
}
