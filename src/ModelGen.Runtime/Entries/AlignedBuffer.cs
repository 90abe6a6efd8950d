using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;

namespace ModelGen.Entries;

/// <summary>Zeroed memory that never moves. Its first element lies on a cache line of 64 bytes, or of more than a few pages on a page of 4,096.</summary>
/// <remarks>
/// A processor takes a load for one of a store that is under way where their addresses agree in the last twelve bits, and waits. A kernel that
/// reads one array and writes another would do so all the time if the second began a little further behind a page's start: measured, a factor of
/// 2.7 for a loop of exponentials. From page to page nothing meets before it is needed.
/// <para>
/// The memory belongs to the garbage collector's pinned heap: spans over it keep it alive, so that neither a forgotten nor an early
/// <see cref="IDisposable.Dispose"/> leaves anybody with freed memory. Lines instead of numbers as elements lift the limit of 2³¹ numbers.
/// </para>
/// </remarks>
internal sealed unsafe class AlignedBuffer
{
    private const int FloatsPerLine = 16;
    private const int PageSize = 4096;
    private const int FewPages = 4 * PageSize / sizeof(float);
    private readonly Line[] lines;

    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        int alignment = length < FewPages ? sizeof(Line) : PageSize;
        lines = GC.AllocateArray<Line>(checked((int)(((length + FloatsPerLine - 1) / FloatsPerLine) + (alignment / sizeof(Line)))), pinned: true);
        nint first = (nint)Unsafe.AsPointer(ref lines[0]);
        Floats = new Buffer<float>((float*)((first + alignment - 1) & ~(alignment - 1)));
        LargePages.Ask(Floats.Start, length * sizeof(float));
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
