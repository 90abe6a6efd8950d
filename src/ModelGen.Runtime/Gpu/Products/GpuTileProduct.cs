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
            TTile tile = Multiply(arguments, place, shared);
            Finish(arguments, place, tile, shared, sums);
        }
    }

    private static TTile Multiply(in GpuProductArguments<TA, TB, TEpilogue> arguments, in GpuProductPlace place, ArrayView<float> shared)
    {
        TA a = arguments.A;
        TB b = arguments.B;
        int batch = place.Batch, depth = TTile.Depth, rows = GpuTile<TTile>.Rows, columns = GpuTile<TTile>.Columns;
        int row = place.RowTile * rows, column = place.ColumnTile * columns, end = place.End;
        int strideA = GpuTile<TTile>.StrideA, strideB = GpuTile<TTile>.StrideB;
        int atA = 0, atB = TTile.Depth * strideA;
        int threadA = GpuTile<TTile>.ThreadRow(Group.IdxX), threadB = GpuTile<TTile>.ThreadColumn(Group.IdxX);
        GpuStage<TA> stageA = GpuStage<TA>.Read(a, batch, row, place.Start, end, rows, depth);
        GpuStage<TB> stageB = GpuStage<TB>.Read(b, batch, column, place.Start, end, columns, depth);
        stageA.Write(a, batch, row, place.Start, end, rows, depth, shared, atA, strideA);
        stageB.Write(b, batch, column, place.Start, end, columns, depth, shared, atB, strideB);
        GpuBarrier.Wait();
        TTile tile = default;
        int other = GpuTile<TTile>.Stage;
        for (int k = place.Start; k < end; k += depth)
        {
            int next = k + depth;
            stageA = GpuStage<TA>.Read(a, batch, row, next, end, rows, depth);
            stageB = GpuStage<TB>.Read(b, batch, column, next, end, columns, depth);
            int stripA = (atA >> 2) + threadA, stripB = (atB >> 2) + threadB;
            for (int i = 0; i < depth; i += 4)
            {
                tile = Plus4(tile, shared.Cast<Strip4>(), stripA, stripB, strideA >> 2, strideB >> 2);
                stripA += strideA;
                stripB += strideB;
            }

            atA += other;
            atB += other;
            other = -other;
            stageA.Write(a, batch, row, next, end, rows, depth, shared, atA, strideA);
            stageB.Write(b, batch, column, next, end, columns, depth, shared, atB, strideB);
            GpuBarrier.Wait();
        }

        return tile;
    }

    private static TTile Plus4(TTile tile, ArrayView<Strip4> shared, int a, int b, int strideA, int strideB) =>
        tile.Plus(shared, a, b).Plus(shared, a + strideA, b + strideB)
            .Plus(shared, a + (2 * strideA), b + (2 * strideB)).Plus(shared, a + (3 * strideA), b + (3 * strideB));

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
