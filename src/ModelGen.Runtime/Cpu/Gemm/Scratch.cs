using System;
using System.Runtime.InteropServices;

namespace ModelGen.Cpu;

/// <summary>Memory that a thread keeps for its kernels; it grows when needed and is freed with the thread.</summary>
internal sealed unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static Scratch? local;

    [ThreadStatic]
    private static Scratch? panels;

    [ThreadStatic]
    private static Scratch? product;

    private float* memory;
    private long length;

    ~Scratch() => NativeMemory.AlignedFree(memory);

    /// <summary>Memory for one task. The next call on this thread returns the same.</summary>
    /// <param name="length">How many floats are needed.</param>
    /// <returns>The first float, aligned to a cache line; the contents are undefined.</returns>
    internal static float* Local(long length) => (local ??= new Scratch()).Reserve(length);

    /// <summary>Memory for the panels of a right factor. The next call on this thread returns the same.</summary>
    /// <param name="length">How many floats are needed.</param>
    /// <returns>The first float, aligned to a cache line; the contents are undefined.</returns>
    internal static float* Panels(long length) => (panels ??= new Scratch()).Reserve(length);

    /// <summary>Memory for rows of a product. The next call on this thread returns the same.</summary>
    /// <param name="length">How many floats are needed.</param>
    /// <returns>The first float, aligned to a cache line; the contents are undefined.</returns>
    internal static float* Product(long length) => (product ??= new Scratch()).Reserve(length);

    private float* Reserve(long wanted)
    {
        if (wanted > length)
        {
            NativeMemory.AlignedFree(memory);
            memory = null;
            length = 0;
            memory = (float*)NativeMemory.AlignedAlloc((nuint)wanted * sizeof(float), Alignment);
            length = wanted;
        }

        return memory;
    }
}
