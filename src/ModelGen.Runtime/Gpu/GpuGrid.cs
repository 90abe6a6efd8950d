using System;

namespace ModelGen.Gpu;

/// <summary>How many thread groups work on something.</summary>
internal static class GpuGrid
{
    /// <summary>The threads of a group.</summary>
    public const int Threads = GpuRows.ThreadsPerGroup;

    // Enough that every multiprocessor has some to switch between, and few enough that each has several elements to work on.
    private const int ElementGroupsPerMultiprocessor = 32;
    private const int RowGroupsPerMultiprocessor = 8;

    // Each leaves its sums, which have to be read again.
    private const int PartsPerMultiprocessor = 2;

    // A thread adds the number of all threads to its index until that reaches the count: it must not overflow.
    private const int MostGroups = 1 << 16;
    private const long MostElements = int.MaxValue - (MostGroups * (long)Threads);

    /// <summary>The number of blocks of a size that cover a length.</summary>
    public static int Blocks(int length, int size) => (int)((length + (long)size - 1) / size);

    public static int OfElements(int count, GpuCapabilities capabilities) =>
        Math.Min(Blocks(count, Threads), Math.Min(ElementGroupsPerMultiprocessor * capabilities.Multiprocessors, MostGroups));

    public static int OfRows(int rows, int lanes, GpuCapabilities capabilities) =>
        Math.Clamp(Blocks(rows, Threads / lanes), 1, Math.Min(RowGroupsPerMultiprocessor * capabilities.Multiprocessors, MostGroups));

    public static int PartsOfRows(int rows, int lanes, GpuCapabilities capabilities) =>
        Math.Clamp(Blocks(rows, Threads / lanes), 1, PartsPerMultiprocessor * capabilities.Multiprocessors);

    /// <summary>A number of elements that a kernel can address.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public static int Checked(long count, string entry) => count <= MostElements
        ? (int)count
        : throw new ArgumentException(FormattableString.Invariant(
            $"{entry}: a value has {count} elements with the dimensions of this call; kernels on devices address at most {MostElements}. Use smaller batches."));
}
