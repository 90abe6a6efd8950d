using System;
using System.Linq;

namespace ModelGen.Benchmarks.Sides;

/// <summary>The numbers that all sides work on: functions of a seed and an index.</summary>
internal static class Inputs
{
    /// <summary>Numbers in [−scale, scale).</summary>
    public static float[] Uniform(int count, int seed, float scale = 1f)
    {
        float[] values = new float[count];
        Fill(values, seed, scale);
        return values;
    }

    /// <summary>Fills with numbers in [−scale, scale).</summary>
    public static void Fill(Span<float> values, int seed, float scale = 1f)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = scale * (((Hash(seed, i) >> 40) * (2f / (1 << 24))) - 1f);
        }
    }

    /// <summary>Numbers of classes, from 0 on.</summary>
    public static int[] Classes(int count, int seed, int classes) =>
        [.. Enumerable.Range(0, count).Select(i => (int)(Hash(seed, i) % (ulong)classes))];

    /// <summary>A few hundred values spread over many.</summary>
    public static float[] Sample(ReadOnlySpan<float> values)
    {
        const int Count = 499; // a prime, so that the places lie in all columns of a matrix
        float[] sample = new float[Math.Min(Count, values.Length)];
        for (int i = 0; i < sample.Length; i++)
        {
            sample[i] = values[(int)((long)i * values.Length / sample.Length)];
        }

        return sample;
    }

    /// <summary>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014 (SplitMix64).</summary>
    private static ulong Hash(int seed, int index)
    {
        ulong z = unchecked((((ulong)(uint)seed << 32) | (uint)index) * 0x9E3779B97F4A7C15UL);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
