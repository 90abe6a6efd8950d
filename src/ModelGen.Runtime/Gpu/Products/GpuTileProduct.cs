using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Matrix products by tiles in shared memory, each by a thread group: for devices whose groups have fast memory of their own.</summary>
/// <remarks>
/// An element is the sum of its terms in ascending order of k, each a multiplication and an addition that the device may round once or twice.
/// Where the sums are split, every split starts a sum of its own.
/// </remarks>
internal static class GpuTileProduct<TTile, TA, TB, TEpilogue, TSums>
    where TTile : struct, IGpuTile<TTile>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
    where TEpilogue : struct, IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    public static readonly GpuKernel<GpuProductArguments<TA, TB, TEpilogue>> Kernel = new(Run, typeof(TEpilogue))
    {
        Specialization = new(GpuTiles.Threads, TTile.Groups),
    };

    private static void Run(GpuProductArguments<TA, TB, TEpilogue> arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuTile<TTile>.Shared);
        ArrayView<TSums> sums = SharedMemory.Allocate<TSums>(GpuTiles.Threads);
        GpuProductPlace place = new(arguments.Grid, arguments.A.Depth, (Grid.IdxY * Grid.DimX) + Grid.IdxX);
        if (place.IsInside)
        {
            TTile tile = GpuTileSums<TTile, TA, TB>.Multiply(arguments.A, arguments.B, place, shared);
            Finish(arguments, place, tile, shared, sums);
        }
    }

    /// <summary>
    /// The tile goes through shared memory, so that every thread then owns a column: it walks down the rows, and threads beside each other read and
    /// write what lies beside each other. Where a column has several threads they take rows in turns, and their reductions are combined in order.
    /// </summary>
    private static void Finish(
        in GpuProductArguments<TA, TB, TEpilogue> arguments, in GpuProductPlace place, TTile tile, ArrayView<float> shared, ArrayView<TSums> shares)
    {
        TEpilogue epilogue = arguments.Epilogue;
        int columns = GpuTile<TTile>.Columns, rows = 4 * TTile.ThreadRows, walkers = GpuTiles.Threads / columns;
        int inTile = Group.IdxX % columns, walker = Group.IdxX / columns;
        int column = (place.ColumnTile * columns) + inTile;
        int at = (GpuTile<TTile>.ThreadRow(Group.IdxX) * columns) + GpuTile<TTile>.ThreadColumn(Group.IdxX);
        TSums sums = epilogue.Begin();
        for (int half = 0; half < TTile.Blocks; half++)
        {
            tile.Store(shared.Cast<Strip4>(), at, half);
            GpuBarrier.Wait();
            int first = (place.RowTile * GpuTile<TTile>.Rows) + (half * rows);
            int count = column < arguments.B.Lines ? Math.Min(rows, arguments.A.Lines - first) : 0;
            for (int row = walker; row < count; row += walkers)
            {
                epilogue.Apply((place.Matrix * arguments.A.Lines) + first + row, column, shared[(row * columns) + inTile], ref sums);
            }

            GpuBarrier.Wait();
        }

        shares[Group.IdxX] = sums;
        GpuBarrier.Wait();
        if (walker == 0 && column < arguments.B.Lines)
        {
            for (int other = 1; other < walkers; other++)
            {
                epilogue.Combine(ref sums, shares[(other * columns) + inTile]);
            }

            epilogue.End((place.Matrix * arguments.Grid.RowTiles) + place.RowTile, column, sums);
        }
    }
}
