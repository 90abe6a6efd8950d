using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>
/// How a product is cut up. Rows and depth are cut by the shape and the instruction set alone, so that sums are the same for any number of threads;
/// columns, which have sums of their own, also by the number of threads.
/// </summary>
internal static class GemmBlocking
{
    /// <summary>Depth of a panel: 48 columns of it stay in the second-level cache, 8 rows in the first.</summary>
    internal const int MaxDepth = 256;

    /// <summary>Rows that are packed at a time, where they are as long as a panel is deep.</summary>
    internal const int MaxRows = 96;

    /// <summary>Columns whose unfinished sums one task keeps.</summary>
    internal const int MaxColumns = 1024;

    /// <summary>Floats of packed right factor: the groups under way, or a slab of columns, have no more.</summary>
    internal const long MaxPacked = 4 << 20;

    /// <summary>With so few panels of columns, packing the left factor costs more than reading it where it lies.</summary>
    internal const int MaxPanelsOnLinesInPlace = 12;

    /// <summary>Rows so short that a tile's lie in the first-level cache as well as packed ones.</summary>
    internal const int MaxDepthOfLinesInPlace = 192;

    /// <summary>With more lines side by side, every step of depth is on another page, or nearly: too many to read them in place.</summary>
    internal const int MaxLinesInPlace = 512;

    /// <summary>
    /// Floats between the packed factors and the sums: panels often begin with a page, and the first loads of a tile would be taken for the last
    /// stores of the one before, whose addresses agreed with theirs but for the page.
    /// </summary>
    internal const int HalfPage = 512;

    /// <summary>Smaller products stay in the second-level cache, or nearly.</summary>
    internal const long LeastProductToFetch = 1L << 19;

    // Enough for the columns of a bias gradient not to matter, few enough for a batch of 64 rows to keep two threads busy.
    private const int LeastRowsPerBlock = 32;

    /// <summary>Whether the machine has 32 vector registers of this width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool HasManyRegisters<V>()
        where V : struct, ISimd<V> => (typeof(V) == typeof(Simd512) && Avx512F.IsSupported) || AdvSimd.Arm64.IsSupported;

    /// <summary>The number of rows in each block of rows but the last: whole tiles.</summary>
    internal static int RowsPerBlock<V>(int m)
        where V : struct, ISimd<V>
    {
        int tileRows = HasManyRegisters<V>() ? WideTile.Rows : NarrowTile.Rows;
        int rows = int.Max(LeastRowsPerBlock, CeilingDivide(m, Launch.MaxBlocks));
        return CeilingDivide(rows, tileRows) * tileRows;
    }

    /// <summary>The depth of each part but the last; equal parts rather than a small last one.</summary>
    internal static int DepthPerBlock(int k) => k == 0 ? 1 : CeilingDivide(CeilingDivide(k, CeilingDivide(k, MaxDepth)), 4) * 4;

    /// <summary>Rows of one depth that meet a panel of the right factor at a time: as many as <see cref="MaxRows"/> of the full depth have elements.</summary>
    /// <param name="k">The depth, at most <see cref="MaxDepth"/>.</param>
    internal static int RowsAtOnce(int k) => MaxRows * MaxDepth / int.Max(k, 1);

    internal static int CeilingDivide(int a, int b) => (int)(((long)a + b - 1) / b);
}
