using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The sums of a tile of a product, by a thread alone.</summary>
internal static class GpuThreadSums<TA, TB>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
{
    /// <summary>The tile's sums over the terms of a place.</summary>
    /// <param name="a">The left factor.</param>
    /// <param name="b">The right factor.</param>
    /// <param name="tileRows">The rows of a tile.</param>
    /// <param name="place">Which tile.</param>
    /// <param name="panel">Memory for a part of the right factor.</param>
    /// <param name="tile">Receives the sums.</param>
    public static void Multiply(in TA a, in TB b, int tileRows, in GpuProductPlace place, ArrayView<float> panel, ArrayView<float> tile)
    {
        int first = place.RowTile * tileRows, rows = Math.Min(tileRows, a.Lines - first);
        for (int at = 0; at < (rows + 7) / 8 * 8; at++)
        {
            tile.Cast<Strip16>()[at] = default;
        }

        for (int k = place.Start; k < place.End; k += GpuThreadProduct.Depth)
        {
            int depth = Math.Min(GpuThreadProduct.Depth, place.End - k);
            Pack(b, place.Batch, place.ColumnTile * GpuThreadProduct.Columns, k, depth, panel);
            for (int row = 0; row < rows; row += 8)
            {
                Multiply8(a, place.Batch, first + row, k, depth, panel.Cast<Strip16>(), tile.Cast<Strip16>(), row);
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
}
