using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The natural logarithm.</content>
public static partial class SimdMath
{
    private const float SmallestNormal = 1.17549435e-38f;
    private const float TwoTo23 = 8388608f;

    /// <summary>The natural logarithm, within 0.9 units in the last place.</summary>
    /// <param name="x">Any value, denormal ones too; ±0 gives −∞, negative values and NaN give NaN, ∞ gives ∞.</param>
    /// <returns>The logarithm.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log<V>(V x)
        where V : struct, ISimd<V>
    {
        V infinity = V.Broadcast(float.PositiveInfinity);
        V result = LogOfPositive(x);
        result = V.Select(V.GreaterEqual(x, V.Zero), result, V.Broadcast(float.NaN));
        result = V.Select(V.Equal(x, V.Zero), -infinity, result);
        return V.Select(V.Equal(x, infinity), infinity, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfPositive<V>(V x)
        where V : struct, ISimd<V>
    {
        V denormal = V.Greater(V.Broadcast(SmallestNormal), x);
        V f = V.Mantissa(V.Select(denormal, x * TwoTo23, x), out V e) - V.Broadcast(1f);
        return LogOfMantissa(f, e - V.And(denormal, V.Broadcast(23f)));
    }

    /// <summary><c>ln((1 + f) · 2ᵉ) = f − f²/2 + f³ · P(f) + e · ln 2</c>, with f in [−0.293, 0.414]; the small terms are added first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfMantissa<V>(V f, V e)
        where V : struct, ISimd<V>
    {
        V p = V.Broadcast(-0.0763659999f);
        p = Step(p, f, 0.127634406f);
        p = Step(p, f, -0.131601661f);
        p = Step(p, f, 0.142014265f);
        p = Step(p, f, -0.166233256f);
        p = Step(p, f, 0.20001246f);
        p = Step(p, f, -0.250008225f);
        p = Step(p, f, 0.333333313f);
        V square = f * f;
        V rest = V.MultiplyAdd(e, Ln2Low, square * (f * p));
        rest = V.MultiplyAdd(square, -0.5f, rest);
        return V.MultiplyAdd(e, Ln2High, f + rest);
    }
}
