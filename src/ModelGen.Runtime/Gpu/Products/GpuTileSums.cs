using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The sums of a tile of a product, by a thread group with shared memory.</summary>
internal static class GpuTileSums<TTile, TA, TB>
    where TTile : struct, IGpuTile<TTile>
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
{
    /// <summary>The part of the tile that the thread holds.</summary>
    public static TTile Multiply(in TA a, in TB b, in GpuProductPlace place, ArrayView<float> shared)
    {
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
}
