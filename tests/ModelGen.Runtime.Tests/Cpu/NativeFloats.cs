using System;
using System.Runtime.InteropServices;
using ModelGen.Cpu;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>Floats that do not move, surrounded by a margin that must stay as it is.</summary>
internal sealed unsafe class NativeFloats : IDisposable
{
    private const int Margin = 64;
    private const float Untouched = -987654.25f;

    private readonly float* memory;

    public NativeFloats(int length)
    {
        Length = length;
        memory = (float*)NativeMemory.AlignedAlloc((nuint)(length + (2 * Margin)) * sizeof(float), 64);
        new Span<float>(memory, length + (2 * Margin)).Fill(Untouched);
    }

    public NativeFloats(ReadOnlySpan<float> values)
        : this(values.Length) => values.CopyTo(Span);

    public int Length { get; }

    public Buffer<float> Buffer => new(memory + Margin);

    public Span<float> Span => new(memory + Margin, Length);

    public bool MarginsUntouched =>
        !new ReadOnlySpan<float>(memory, Margin).ContainsAnyExcept(Untouched)
        && !new ReadOnlySpan<float>(memory + Margin + Length, Margin).ContainsAnyExcept(Untouched);

    public void Dispose() => NativeMemory.AlignedFree(memory);

    public static NativeFloats Random(int length, int seed)
    {
        var random = new Random(seed);
        var floats = new NativeFloats(length);
        foreach (ref float value in floats.Span)
        {
            value = (random.NextSingle() * 2f) - 1f;
        }

        return floats;
    }
}
