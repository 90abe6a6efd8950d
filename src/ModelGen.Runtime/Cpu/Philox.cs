using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The Philox generators with ten rounds: Salmon, Moraes, Dror and Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", 2011.</summary>
internal static class Philox
{
    internal const int Rounds = 10;
    internal const uint Multiplier2 = 0xD256D193;
    internal const uint KeyStep = 0x9E3779B9;

    private const uint MultiplierA = 0xD2511F53;
    private const uint MultiplierB = 0xCD9E8D57;
    private const uint SecondKeyStep = 0xBB67AE85;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint Word0, uint Word1) Philox2x32(uint counter0, uint counter1, uint key)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong product = (ulong)Multiplier2 * counter0;
            (counter0, counter1) = ((uint)(product >> 32) ^ key ^ counter1, (uint)product);
            key += KeyStep;
        }

        return (counter0, counter1);
    }

    internal static (uint Word0, uint Word1, uint Word2, uint Word3) Philox4x32(
        uint counter0, uint counter1, uint counter2, uint counter3, uint key0, uint key1)
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong a = (ulong)MultiplierA * counter0;
            ulong b = (ulong)MultiplierB * counter2;
            (counter0, counter1, counter2, counter3) =
                ((uint)(b >> 32) ^ counter1 ^ key0, (uint)b, (uint)(a >> 32) ^ counter3 ^ key1, (uint)a);
            key0 += KeyStep;
            key1 += SecondKeyStep;
        }

        return (counter0, counter1, counter2, counter3);
    }
}
