using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <content>The natural logarithm of numbers near 1.</content>
public static partial class SimdMath
{
    /// <summary><c>ln(1 + x)</c>, within 1.5 units in the last place.</summary>
    /// <param name="x">Any value; −1 gives −∞, values below it and NaN give NaN, ∞ gives ∞, −0 gives −0.</param>
    /// <returns>The logarithm.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p<V>(V x)
        where V : struct, ISimd<V>
    {
        // 1 + x = u + lost without an error, whichever of the two is larger (Knuth 1969).
        V one = V.Broadcast(1f);
        V infinity = V.Broadcast(float.PositiveInfinity);
        V u = one + x;
        V rounded = u - one;
        V lost = (one - (u - rounded)) + (x - rounded);
        V m = V.Mantissa(u, out V e);
        V result = LogOfMantissa((m - one) + V.Scale(lost, -e), e);
        result = V.Select(V.GreaterEqual(x, -one), result, V.Broadcast(float.NaN));
        result = V.Select(V.Equal(x, -one), -infinity, result);
        return WithSign(V.Select(V.Equal(x, infinity), infinity, result), x);
    }
}
