using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Matrix products by tiles of which each is one thread's: for devices whose groups have no fast memory of their own, as processors have none.</summary>
/// <remarks>
/// A thread copies a panel of the right factor, [128, 16], into memory of its own and runs it against eight rows of the left factor at a time, 8 × 16 sums in
/// registers. The compiler of such a device makes vectors of the strips of sixteen.
/// An element is the sum of its terms in ascending order of k.
/// </remarks>
internal static class GpuThreadProduct<TA, TB, TEpilogue, TSums>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
    where TEpilogue : struct, IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    public static readonly GpuKernel<GpuProductArguments<TA, TB, TEpilogue>> Kernel = new(Run, typeof(TEpilogue));

    private static void Run(GpuProductArguments<TA, TB, TEpilogue> arguments)
    {
        ArrayView<float> panel = LocalMemory.Allocate<float>(GpuThreadProduct.Depth * GpuThreadProduct.Columns);
        ArrayView<float> tile = LocalMemory.Allocate<float>(GpuThreadProduct.MostRows * GpuThreadProduct.Columns);
        ArrayView<TSums> sums = LocalMemory.Allocate<TSums>(GpuThreadProduct.Columns);
        GpuProductPlace place = new(arguments.Grid, arguments.A.Depth, (Grid.IdxY * Grid.DimX) + Grid.IdxX);
        if (place.IsInside && arguments.A.Lines > 0 && arguments.B.Lines > 0)
        {
            GpuThreadSums<TA, TB>.Multiply(arguments.A, arguments.B, arguments.Grid.TileRows, place, panel, tile);
        }

        if (place.IsInside)
        {
            Finish(arguments, place, tile, sums);
        }
    }

    /// <summary>Rows in ascending order, so that a column's reductions are, too.</summary>
    private static void Finish(
        in GpuProductArguments<TA, TB, TEpilogue> arguments, in GpuProductPlace place, ArrayView<float> tile, ArrayView<TSums> sums)
    {
        TEpilogue epilogue = arguments.Epilogue;
        int first = place.RowTile * arguments.Grid.TileRows, rows = Math.Min(arguments.Grid.TileRows, arguments.A.Lines - first);
        int column = place.ColumnTile * GpuThreadProduct.Columns, columns = Math.Min(GpuThreadProduct.Columns, arguments.B.Lines - column);
        for (int j = 0; j < columns; j++)
        {
            sums[j] = epilogue.Begin();
        }

        for (int row = 0; row < rows; row++)
        {
            for (int j = 0; j < columns; j++)
            {
                TSums reductions = sums[j];
                epilogue.Apply((place.Matrix * arguments.A.Lines) + first + row, column + j, tile[(row * GpuThreadProduct.Columns) + j], ref reductions);
                sums[j] = reductions;
            }
        }

        for (int j = 0; j < columns; j++)
        {
            epilogue.End((place.Matrix * arguments.Grid.RowTiles) + place.RowTile, column + j, sums[j]);
        }
    }
}

/// <summary>What all products by threads share.</summary>
internal static class GpuThreadProduct
{
    public const int Columns = 16;

    /// <summary>The most rows of a tile.</summary>
    public const int MostRows = 64;

    public const int LeastRows = 8;

    /// <summary>Tiles have fewer rows where there would be fewer of them than this for each core.</summary>
    public const int TilesPerCore = 4;

    /// <summary>The rows of a panel.</summary>
    public const int Depth = 128;
}
