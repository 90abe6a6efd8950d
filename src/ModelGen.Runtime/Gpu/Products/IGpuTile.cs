using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The tile of a product that a thread group works on: how large it is, and the part of it that one thread holds in registers.</summary>
/// <remarks>
/// A thread holds blocks of 4 × 4 elements, one or two down and across, one of them in each half of the tile: so threads beside each other read
/// strips of shared memory that lie beside each other. All numbers are constants once a kernel is compiled.
/// </remarks>
/// <typeparam name="TSelf">The tile.</typeparam>
internal interface IGpuTile<TSelf>
    where TSelf : struct, IGpuTile<TSelf>
{
    /// <summary>Gets the number of threads below each other.</summary>
    static abstract int ThreadRows { get; }

    /// <summary>Gets the number of threads beside each other.</summary>
    static abstract int ThreadColumns { get; }

    /// <summary>Gets the number of blocks that a thread holds in each direction, 1 or 2.</summary>
    static abstract int Blocks { get; }

    /// <summary>Gets the number of terms of the sums that lie in shared memory at once, a multiple of four.</summary>
    static abstract int Depth { get; }

    /// <summary>Gets the number of groups that a multiprocessor is to have registers for, at least.</summary>
    static abstract int Groups { get; }

    /// <summary>Adds one term to every element of the thread.</summary>
    /// <param name="shared">Shared memory, in strips.</param>
    /// <param name="a">Where the thread's strip of the left factor lies.</param>
    /// <param name="b">Where the thread's strip of the right factor lies.</param>
    /// <returns>The tile with it.</returns>
    TSelf Plus(ArrayView<Strip4> shared, int a, int b);

    /// <summary>Writes the thread's elements of one half of the tile's rows, or of all where there is one block only.</summary>
    /// <param name="shared">Shared memory, in strips.</param>
    /// <param name="at">Where the thread's first row begins.</param>
    /// <param name="half">0 for the upper half, 1 for the lower.</param>
    void Store(ArrayView<Strip4> shared, int at, int half);
}

/// <summary>What follows from a tile's numbers.</summary>
internal static class GpuTile<TTile>
    where TTile : struct, IGpuTile<TTile>
{
    public static int Rows => 4 * TTile.Blocks * TTile.ThreadRows;

    public static int Columns => 4 * TTile.Blocks * TTile.ThreadColumns;

    /// <summary>Gets the distance between two rows of the left factor's part, in floats: with a gap, so that fewer stores meet in one bank.</summary>
    public static int StrideA => Rows + 4;

    public static int StrideB => Columns + 4;

    /// <summary>Gets the floats of both factors' parts. Two of them lie in shared memory: one is read while the other is written.</summary>
    public static int Stage => TTile.Depth * (StrideA + StrideB);

    /// <summary>Gets the floats of shared memory: for the factors, later for half of the product.</summary>
    public static int Shared => 2 * Stage > 4 * TTile.ThreadRows * Columns ? 2 * Stage : 4 * TTile.ThreadRows * Columns;

    /// <summary>The thread's row among the tile's threads.</summary>
    /// <remarks>32 threads that run together are 4 rows of 8, or 8 of 4: they read the fewest strips.</remarks>
    public static int ThreadRow(int thread) => (thread / Across % (32 / Across)) + (thread / 32 / (TTile.ThreadColumns / Across) * (32 / Across));

    public static int ThreadColumn(int thread) => (thread % Across) + (thread / 32 % (TTile.ThreadColumns / Across) * Across);

    private static int Across => TTile.ThreadColumns < 8 ? TTile.ThreadColumns : 8;
}
