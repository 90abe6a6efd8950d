using System;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>The sizes of <c>[batch, size, inner]</c>, of what lies at indices, <c>[batch, count, inner]</c>, and of the indices.</summary>
internal readonly struct IndexedSizes(int batch, int size, int count, int inner, int indexBatch, int indexInner)
{
    // Beyond that, not every whole number is a float.
    private const int MostFloats = 1 << 24;
    private const int ElementsPerBlock = 8192;

    public int Batch => batch;

    public int Size => size;

    public int Count => count;

    public int Inner => inner;

    /// <summary>Gets a value indicating whether every element of a row has an index of its own; else a row has one.</summary>
    public bool IsPerElement => indexInner > 1;

    /// <summary>Where the indices of a row lie.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint PlaceOf(nint batch, nint row) => (batch * indexBatch) + (row * indexInner);

    /// <summary>
    /// How long rows are to be called so that there are some blocks for each thread, if there is work for them: each reads all indices of its batch. The result does
    /// not depend on it.
    /// </summary>
    public int ElementsPerRow(int rows, int threads)
    {
        long work = ((long)size + count) * inner * batch / ElementsPerBlock;
        long blocks = Math.Clamp(work, 1, 2L * threads);
        return (int)Math.Max(blocks * ElementsPerBlock / Math.Max(rows, 1), 1);
    }

    /// <exception cref="ArgumentException">Indices that are numbers cannot name every element.</exception>
    public static void RequireExact(int size)
    {
        if (size > MostFloats)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"Indices of which a part is cut out can name {MostFloats} things, but there are {size}: pass the part as an input of its own."));
        }
    }
}
