using System;

namespace ModelGen;

/// <summary>Random orders that are a function of their keys alone.</summary>
internal static class Shuffle
{
    /// <summary>A random permutation of 0, 1, …, after Fisher and Yates (Knuth, The Art of Computer Programming, volume 2, algorithm
    /// 3.4.2P).</summary>
    public static void Fill(Span<int> order, ulong seed, ulong epoch)
    {
        ulong key = Mix(Mix(seed) + epoch);
        for (int i = 0; i < order.Length; i++)
        {
            int j = (int)Math.BigMul(Mix(key + (ulong)i), (ulong)i + 1, out _);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014): a number for every counter.</summary>
    private static ulong Mix(ulong counter)
    {
        unchecked
        {
            ulong z = (counter + 1) * 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
