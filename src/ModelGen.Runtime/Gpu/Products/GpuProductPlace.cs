using System;

namespace ModelGen.Gpu;

/// <summary>A group's tile.</summary>
internal readonly struct GpuProductPlace
{
    public readonly int ColumnTile;
    public readonly int RowTile;
    public readonly int Batch;

    /// <summary>The matrix among those of all splits: what the epilogue counts rows by.</summary>
    public readonly int Matrix;
    public readonly int Start;
    public readonly int End;
    public readonly bool IsInside;

    public GpuProductPlace(in GpuProductGrid grid, int depth, int tile)
    {
        ColumnTile = tile % grid.ColumnTiles;
        tile /= grid.ColumnTiles;
        RowTile = tile % grid.RowTiles;
        Matrix = tile / grid.RowTiles;
        Batch = Matrix % grid.Batch;
        int split = Matrix / grid.Batch;
        IsInside = split < grid.Splits;
        Start = split * grid.SplitDepth;
        End = Math.Min(depth, Start + grid.SplitDepth);
    }
}
