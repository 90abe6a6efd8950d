using System;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The values that a new model starts from.</summary>
/// <remarks>
/// Every parameter has random numbers of its own, keyed by the model's seed and its name: adding, removing or reordering other
/// parameters leaves its values as they were.
/// </remarks>
internal static class Initialization
{
    /// <summary>A step that training never reaches, so that no dropout shares its numbers.</summary>
    private const uint BeforeTraining = uint.MaxValue;

    public static void Fill(Model model)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            Fill(parameter.ValuesToWrite, parameter.Description.Initializer, StreamOf(model.Seed, parameter.Name));
        }
    }

    private static void Fill(Span<float> values, Initializer initializer, in RandomStream stream)
    {
        switch (initializer.Kind)
        {
            case InitializerKind.Constant:
                values.Fill((float)initializer.Scale);
                break;
            case InitializerKind.Uniform:
                Uniform(values, initializer.Scale, stream);
                break;
            default:
                Normal(values, initializer.Scale, stream);
                break;
        }
    }

    private static void Uniform(Span<float> values, double scale, in RandomStream stream)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2.0 * stream.Uniform((uint)i)) - 1.0) * scale);
        }
    }

    /// <summary>Box and Muller: two uniform numbers make two independent normal ones, <c>√(−2·ln(1 − u))·(cos 2πv, sin 2πv)</c>.</summary>
    private static void Normal(Span<float> values, double scale, in RandomStream stream)
    {
        for (int i = 0; i < values.Length; i++)
        {
            uint pair = (uint)i & ~1u;
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - stream.Uniform(pair)));
            double angle = Math.Tau * stream.Uniform(pair + 1);
            values[i] = (float)(scale * radius * (i % 2 == 0 ? Math.Cos(angle) : Math.Sin(angle)));
        }
    }

    private static RandomStream StreamOf(ulong seed, string name)
    {
        ulong key = Hash(name);
        return new RandomStream(seed, BeforeTraining, (uint)key, (uint)(key >> 32));
    }

    /// <summary>FNV-1a, 64 bits, over UTF-16 code units.</summary>
    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = unchecked((hash ^ c) * 1099511628211);
        }

        return hash;
    }
}
