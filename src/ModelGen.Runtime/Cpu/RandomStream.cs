using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>Counter-based random numbers: element <c>e</c> is a function of (seed, step, site, occurrence, e) and of nothing else.</summary>
/// <remarks>
/// One Philox4x32-10 call with counter (step, site, occurrence, 0) and the seed as key gives a key and a high counter word. Element <c>e</c> is
/// the first word of Philox2x32-10 with counter (e, high), shifted right by 8 and divided by 2²⁴. Source: Salmon, Moraes, Dror and Shaw,
/// "Parallel Random Numbers: As Easy as 1, 2, 3", 2011. So a dropout mask need not be stored: the backward pass makes it again.
/// </remarks>
public readonly struct RandomStream
{
    private const float UniformStep = 1f / (1 << 24);

    private readonly uint key;
    private readonly uint high;

    /// <summary>Makes the stream of one place in one step.</summary>
    /// <param name="seed">The model's seed.</param>
    /// <param name="step">The number of the training step.</param>
    /// <param name="site">What names the place, such as a hash of a layer's path.</param>
    /// <param name="occurrence">How often the place was passed before in this step.</param>
    public RandomStream(ulong seed, uint step, uint site, uint occurrence)
    {
        (key, high, _, _) = Philox.Philox4x32(step, site, occurrence, 0, (uint)seed, (uint)(seed >> 32));
    }

    /// <summary>The uniform number of one element.</summary>
    /// <param name="element">The element.</param>
    /// <returns>A multiple of 2⁻²⁴ in [0, 1).</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Uniform(uint element) => (int)(Philox.Philox2x32(element, high, key).Word0 >> 8) * UniformStep;

    // The vector forms keep the elements of even and of odd lanes in two vectors of 64-bit lanes: a widening multiplication leaves the low
    // product, the next second word, where the next round finds it, so that a round is a multiplication, a shift and two exclusive ors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector512<float> Uniform512(uint first)
    {
        Vector512<ulong> even = Vector512.Create((ulong)first) + (Vector512<ulong>.Indices << 1);
        Vector512<ulong> odd = even + Vector512<ulong>.One;
        Vector512<ulong> evenSecond = Vector512.Create((ulong)high);
        Vector512<ulong> oddSecond = evenSecond;
        uint roundKey = key;
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector512<ulong> keys = Vector512.Create((ulong)roundKey);
            Vector512<ulong> evenProduct = MultiplyWide(even);
            Vector512<ulong> oddProduct = MultiplyWide(odd);
            even = (evenProduct >> 32) ^ keys ^ evenSecond;
            odd = (oddProduct >> 32) ^ keys ^ oddSecond;
            (evenSecond, oddSecond) = (evenProduct, oddProduct);
            roundKey += Philox.KeyStep;
        }

        Vector512<ulong> words = (even & Vector512.Create((ulong)uint.MaxValue)) | (odd << 32);
        return Vector512.ConvertToSingle((words.AsUInt32() >> 8).AsInt32()) * UniformStep;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector256<float> Uniform256(uint first)
    {
        Vector256<ulong> even = Vector256.Create((ulong)first) + (Vector256<ulong>.Indices << 1);
        Vector256<ulong> odd = even + Vector256<ulong>.One;
        Vector256<ulong> evenSecond = Vector256.Create((ulong)high);
        Vector256<ulong> oddSecond = evenSecond;
        uint roundKey = key;
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector256<ulong> keys = Vector256.Create((ulong)roundKey);
            Vector256<ulong> evenProduct = MultiplyWide(even);
            Vector256<ulong> oddProduct = MultiplyWide(odd);
            even = (evenProduct >> 32) ^ keys ^ evenSecond;
            odd = (oddProduct >> 32) ^ keys ^ oddSecond;
            (evenSecond, oddSecond) = (evenProduct, oddProduct);
            roundKey += Philox.KeyStep;
        }

        Vector256<ulong> words = (even & Vector256.Create((ulong)uint.MaxValue)) | (odd << 32);
        return Vector256.ConvertToSingle((words.AsUInt32() >> 8).AsInt32()) * UniformStep;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Vector128<float> Uniform128(uint first)
    {
        Vector128<ulong> even = Vector128.Create((ulong)first) + (Vector128<ulong>.Indices << 1);
        Vector128<ulong> odd = even + Vector128<ulong>.One;
        Vector128<ulong> evenSecond = Vector128.Create((ulong)high);
        Vector128<ulong> oddSecond = evenSecond;
        uint roundKey = key;
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Vector128<ulong> keys = Vector128.Create((ulong)roundKey);
            Vector128<ulong> evenProduct = MultiplyWide(even);
            Vector128<ulong> oddProduct = MultiplyWide(odd);
            even = (evenProduct >> 32) ^ keys ^ evenSecond;
            odd = (oddProduct >> 32) ^ keys ^ oddSecond;
            (evenSecond, oddSecond) = (evenProduct, oddProduct);
            roundKey += Philox.KeyStep;
        }

        Vector128<ulong> words = (even & Vector128.Create((ulong)uint.MaxValue)) | (odd << 32);
        return Vector128.ConvertToSingle((words.AsUInt32() >> 8).AsInt32()) * UniformStep;
    }

    // The low halves times the multiplier; the high halves are ignored.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyWide(Vector512<ulong> a) => Avx512F.IsSupported
        ? Avx512F.Multiply(a.AsUInt32(), Vector512.Create(Philox.Multiplier2))
        : Vector512.Create(MultiplyWide(a.GetLower()), MultiplyWide(a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> MultiplyWide(Vector256<ulong> a) => Avx2.IsSupported
        ? Avx2.Multiply(a.AsUInt32(), Vector256.Create(Philox.Multiplier2))
        : Vector256.Create(MultiplyWide(a.GetLower()), MultiplyWide(a.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> MultiplyWide(Vector128<ulong> a) => Sse2.IsSupported
        ? Sse2.Multiply(a.AsUInt32(), Vector128.Create(Philox.Multiplier2))
        : Vector128.Create((uint)a[0] * (ulong)Philox.Multiplier2, (uint)a[1] * (ulong)Philox.Multiplier2);
}
