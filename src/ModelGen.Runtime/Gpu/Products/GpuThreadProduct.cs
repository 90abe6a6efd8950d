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
            Multiply(arguments, place, panel, tile);
        }

        if (place.IsInside)
        {
            Finish(arguments, place, tile, sums);
        }
    }

    private static void Multiply(
        in GpuProductArguments<TA, TB, TEpilogue> arguments, in GpuProductPlace place, ArrayView<float> panel, ArrayView<float> tile)
    {
        int first = place.RowTile * arguments.Grid.TileRows, rows = Math.Min(arguments.Grid.TileRows, arguments.A.Lines - first);
        for (int at = 0; at < (rows + 7) / 8 * 8; at++)
        {
            tile.Cast<Strip16>()[at] = default;
        }

        for (int k = place.Start; k < place.End; k += GpuThreadProduct.Depth)
        {
            int depth = Math.Min(GpuThreadProduct.Depth, place.End - k);
            Pack(arguments.B, place.Batch, place.ColumnTile * GpuThreadProduct.Columns, k, depth, panel);
            for (int row = 0; row < rows; row += 8)
            {
                Multiply8(arguments.A, place.Batch, first + row, k, depth, panel.Cast<Strip16>(), tile.Cast<Strip16>(), row);
            }
        }
    }

    /// <summary>Copies a panel in the order in which the factor lies in memory. Columns beyond the product are the last one again; nobody reads them.</summary>
    private static void Pack(in TB b, int batch, int column, int k, int depth, ArrayView<float> panel)
    {
        int last = b.Lines - 1 - column;
        if (TB.IsAlongDepth)
        {
            for (int j = 0; j < GpuThreadProduct.Columns; j++)
            {
                for (int i = 0; i < depth; i++)
                {
                    panel[(i * GpuThreadProduct.Columns) + j] = b.At(batch, column + Math.Min(j, last), k + i);
                }
            }
        }
        else if (last >= GpuThreadProduct.Columns - 1)
        {
            for (int i = 0; i < depth; i++)
            {
                for (int j = 0; j < GpuThreadProduct.Columns; j++)
                {
                    panel[(i * GpuThreadProduct.Columns) + j] = b.At(batch, column + j, k + i);
                }
            }
        }
        else
        {
            for (int i = 0; i < depth; i++)
            {
                for (int j = 0; j < GpuThreadProduct.Columns; j++)
                {
                    panel[(i * GpuThreadProduct.Columns) + j] = b.At(batch, column + Math.Min(j, last), k + i);
                }
            }
        }
    }

    /// <summary>Eight rows of the tile. Rows beyond the product are the last one again; nobody reads them.</summary>
    private static void Multiply8(in TA a, int batch, int row, int k, int depth, ArrayView<Strip16> panel, ArrayView<Strip16> tile, int at)
    {
        int last = a.Lines - 1;
        int row1 = Math.Min(row + 1, last), row2 = Math.Min(row + 2, last), row3 = Math.Min(row + 3, last), row4 = Math.Min(row + 4, last);
        int row5 = Math.Min(row + 5, last), row6 = Math.Min(row + 6, last), row7 = Math.Min(row + 7, last);
        Strip16 sum0 = tile[at], sum1 = tile[at + 1], sum2 = tile[at + 2], sum3 = tile[at + 3];
        Strip16 sum4 = tile[at + 4], sum5 = tile[at + 5], sum6 = tile[at + 6], sum7 = tile[at + 7];
        for (int i = 0; i < depth; i++)
        {
            Strip16 b = panel[i];
            sum0 = sum0.Plus(a.At(batch, row, k + i), b);
            sum1 = sum1.Plus(a.At(batch, row1, k + i), b);
            sum2 = sum2.Plus(a.At(batch, row2, k + i), b);
            sum3 = sum3.Plus(a.At(batch, row3, k + i), b);
            sum4 = sum4.Plus(a.At(batch, row4, k + i), b);
            sum5 = sum5.Plus(a.At(batch, row5, k + i), b);
            sum6 = sum6.Plus(a.At(batch, row6, k + i), b);
            sum7 = sum7.Plus(a.At(batch, row7, k + i), b);
        }

        tile[at] = sum0;
        tile[at + 1] = sum1;
        tile[at + 2] = sum2;
        tile[at + 3] = sum3;
        tile[at + 4] = sum4;
        tile[at + 5] = sum5;
        tile[at + 6] = sum6;
        tile[at + 7] = sum7;
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
