using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen.Entries;

/// <summary>Zeroed memory whose first element lies on a cache line of 64 bytes and that never moves.</summary>
/// <remarks>
/// The memory belongs to the garbage collector's pinned heap: spans over it keep it alive, so that neither a forgotten nor an early
/// <see cref="IDisposable.Dispose"/> leaves anybody with freed memory. Lines instead of numbers as elements lift the limit of 2³¹ numbers.
/// </remarks>
internal sealed unsafe class AlignedBuffer
{
    private const int FloatsPerLine = 16;
    private readonly Line[] lines;

    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        lines = GC.AllocateArray<Line>(checked((int)((length + FloatsPerLine - 1) / FloatsPerLine) + 1), pinned: true);
        nint first = (nint)Unsafe.AsPointer(ref lines[0]);
        Floats = new Buffer<float>((float*)((first + sizeof(Line) - 1) & ~(sizeof(Line) - 1)));
    }

    /// <summary>Gets the number of floats or integers that fit.</summary>
    public long Length { get; }

    /// <summary>Gets the memory as floats. Whoever keeps this address keeps the <see cref="AlignedBuffer"/> too.</summary>
    public Buffer<float> Floats { get; }

    /// <summary>Gets the same memory as integers.</summary>
    public Buffer<int> Ints => new((int*)Floats.Start);

    /// <summary>A part of the memory as a span, which keeps the memory alive.</summary>
    public Span<float> Span(long offset, int length) => new(Floats.Start + offset, length);

    public void CopyTo(AlignedBuffer destination) =>
        Buffer.MemoryCopy(Floats.Start, destination.Floats.Start, destination.Length * sizeof(float), Length * sizeof(float));

    /// <summary>A reference that tells whether the memory is still there.</summary>
    internal WeakReference WeakReference() => new(lines);

    [InlineArray(FloatsPerLine)]
    private struct Line
    {
        private float first;
    }
}
