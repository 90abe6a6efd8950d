using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Products whose columns are equal parts, by tiles in shared memory.</summary>
internal static class GpuTileParts<TTile, TA, TB, TEpilogue>
    where TTile : struct, IGpuTile<TTile>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
    where TEpilogue : struct, IGpuPartsEpilogue
{
    public static readonly GpuKernel<GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfTile<TTile, TEpilogue>>, TEpilogue>> Kernel = new(Run, typeof(TEpilogue))
    {
        Specialization = new(GpuTiles.Threads, TTile.Groups),
    };

    private static void Run(GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfTile<TTile, TEpilogue>>, TEpilogue> arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuTile<TTile>.Shared);
        GpuProductPlace place = new(arguments.Grid, arguments.A.Depth, (Grid.IdxY * Grid.DimX) + Grid.IdxX);
        if (place.IsInside)
        {
            TTile tile = GpuTileSums<TTile, TA, GpuPartsFactor<TB, PartsOfTile<TTile, TEpilogue>>>.Multiply(arguments.A, arguments.B, place, shared);
            Finish(arguments, place, tile, shared);
        }
    }

    /// <summary>The tile goes through shared memory, so that every thread then has an element of each part: threads beside each other write what lies beside each other.</summary>
    private static void Finish(
        in GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfTile<TTile, TEpilogue>>, TEpilogue> arguments, in GpuProductPlace place, TTile tile, ArrayView<float> shared)
    {
        TEpilogue epilogue = arguments.Epilogue;
        int units = PartsOfTile<TTile, TEpilogue>.Units, columns = GpuTile<TTile>.Columns, rows = 4 * TTile.ThreadRows, walkers = GpuTiles.Threads / units;
        int inTile = Group.IdxX % units, walker = Group.IdxX / units;
        int column = (place.ColumnTile * units) + inTile;
        int at = (GpuTile<TTile>.ThreadRow(Group.IdxX) * columns) + GpuTile<TTile>.ThreadColumn(Group.IdxX);
        for (int half = 0; half < TTile.Blocks; half++)
        {
            tile.Store(shared.Cast<Strip4>(), at, half);
            GpuBarrier.Wait();
            int first = (place.RowTile * GpuTile<TTile>.Rows) + (half * rows);
            int count = walker < walkers && column < arguments.B.Width ? Math.Min(rows, arguments.A.Lines - first) : 0;
            for (int row = walker; row < count; row += walkers)
            {
                epilogue.Apply(first + row, column, new GpuParts(shared, (row * columns) + inTile, units));
            }

            GpuBarrier.Wait();
        }
    }
}

/// <summary>Products whose columns are equal parts, each tile by a thread: for processors.</summary>
internal static class GpuThreadParts<TA, TB, TEpilogue>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
    where TEpilogue : struct, IGpuPartsEpilogue
{
    public static readonly GpuKernel<GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfThread<TEpilogue>>, TEpilogue>> Kernel = new(Run, typeof(TEpilogue));

    private static void Run(GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfThread<TEpilogue>>, TEpilogue> arguments)
    {
        ArrayView<float> panel = LocalMemory.Allocate<float>(GpuThreadProduct.Depth * GpuThreadProduct.Columns);
        ArrayView<float> tile = LocalMemory.Allocate<float>(GpuThreadProduct.MostRows * GpuThreadProduct.Columns);
        GpuProductPlace place = new(arguments.Grid, arguments.A.Depth, (Grid.IdxY * Grid.DimX) + Grid.IdxX);
        if (place.IsInside && arguments.A.Lines > 0 && arguments.B.Lines > 0)
        {
            GpuThreadSums<TA, GpuPartsFactor<TB, PartsOfThread<TEpilogue>>>.Multiply(arguments.A, arguments.B, arguments.Grid.TileRows, place, panel, tile);
            Finish(arguments, place, tile);
        }
    }

    private static void Finish(
        in GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfThread<TEpilogue>>, TEpilogue> arguments, in GpuProductPlace place, ArrayView<float> tile)
    {
        TEpilogue epilogue = arguments.Epilogue;
        int units = PartsOfThread<TEpilogue>.Units;
        int first = place.RowTile * arguments.Grid.TileRows, rows = Math.Min(arguments.Grid.TileRows, arguments.A.Lines - first);
        int column = place.ColumnTile * units, columns = Math.Min(units, arguments.B.Width - column);
        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < columns; j++)
            {
                epilogue.Apply(first + row, column + j, new GpuParts(tile, (row * GpuThreadProduct.Columns) + j, units));
            }
        }
    }
}
