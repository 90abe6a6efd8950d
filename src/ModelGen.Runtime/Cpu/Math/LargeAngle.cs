namespace ModelGen.Cpu;

/// <summary>Large angles in quarter turns, by integers and so without an error (Payne and Hanek 1983).</summary>
internal static class LargeAngle
{
    private const int MantissaBits = 23;
    private const int WordBits = 32;
    private const float Unit = 1f / (1L << 62);

    /// <summary>Takes the whole quarter turns off an angle: see <see cref="ISimd{V}.QuarterTurns"/>.</summary>
    /// <param name="bits">The bits of a float from 8192 up; others give numbers of no meaning.</param>
    /// <param name="part">What is left of a quarter turn.</param>
    /// <param name="partLow">What that lacks.</param>
    /// <returns>0, 1, 2 or 3.</returns>
    public static float QuarterTurns(int bits, out float part, out float partLow)
    {
        // The angle is mantissa · 2^(exponent − 150). Bits of 2/π whose product with it is a multiple of four quarter turns are left out; the
        // next 96 are used.
        int exponent = (bits >> MantissaBits) & 0xFF;
        ulong mantissa = (uint)((bits & ((1 << MantissaBits) - 1)) | (1 << MantissaBits));
        int skipped = int.Max(exponent - 120, 0);
        int word = skipped / WordBits, shift = skipped % WordBits;
        ulong high = ((ulong)TwoOverPi(word) << WordBits) | TwoOverPi(word + 1);
        ulong low = ((ulong)TwoOverPi(word + 2) << WordBits) | TwoOverPi(word + 3);
        ulong first = (high << shift) | ((low >> 1) >> (63 - shift));
        ulong next = (low << shift) >> WordBits;

        // Quarter turns in units of 2⁻⁶²: four of them are no turn at all, as is what the product's 64 bits do not hold.
        ulong turns = (mantissa * first) + ((mantissa * next) >> WordBits);
        ulong nearest = (turns + (1UL << 61)) >> 62;
        long rest = (long)(turns - (nearest << 62));
        float rounded = rest;
        part = rounded * Unit;
        partLow = (rest - (long)rounded) * Unit;
        return (int)(nearest & 3);
    }

    /// <summary>The bits of 2/π in words, after one of zeros.</summary>
    private static uint TwoOverPi(int word) => word switch
    {
        0 => 0,
        1 => 0xA2F9836E,
        2 => 0x4E441529,
        3 => 0xFC2757D1,
        4 => 0xF534DDC0,
        5 => 0xDB629599,
        6 => 0x3C439041,
        _ => 0xFE5163AB,
    };

    /// <summary>The same lane by lane, for the vectors of processors.</summary>
    internal static unsafe V QuarterTurns<V>(V a, out V part, out V partLow)
        where V : unmanaged, ISimd<V>
    {
        V turns = default, high = default, low = default;
        for (int lane = 0; lane < V.Count; lane++)
        {
            ((float*)&turns)[lane] = QuarterTurns(((int*)&a)[lane], out ((float*)&high)[lane], out ((float*)&low)[lane]);
        }

        part = high;
        partLow = low;
        return turns;
    }
}
