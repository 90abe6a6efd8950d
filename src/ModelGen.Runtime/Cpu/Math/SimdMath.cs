using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Elementary functions over vectors of any width, with polynomials of our own.</summary>
/// <remarks>
/// The platform's functions are calls that are not inlined and cost several times as much. All coefficients are minimax fits (relative error of the
/// result, rounded to <see langword="float"/> one after the other); their own error is below 0.15 units in the last place. Every
/// width gives the same bits on machines that agree on <see cref="SimdWidth.FusesMultiplyAdd"/>. The bounds given hold for both.
/// </remarks>
public static partial class SimdMath
{
    /// <summary>The bits of √½.</summary>
    internal const int RootHalfBits = 0x3F3504F3;

    /// <summary>The bits that a number keeps of itself where a product of two must be exact.</summary>
    internal const int CoarseBits = unchecked((int)0xFFFFF000);

    private const float Ln2 = 0.693147182f;

    // ln 2 in two parts; the first has so few bits that a product with an exponent is exact even without a fused multiplication.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>Horner's rule: one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Step<V>(V sum, V x, float coefficient)
        where V : struct, ISimd<V> => V.MultiplyAdd(sum, x, coefficient);

    /// <summary>A value that is not negative where the other is not, with the sign of the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithSign<V>(V magnitude, V sign)
        where V : struct, ISimd<V> => V.Or(magnitude, V.And(sign, V.Broadcast(-0f)));
}
