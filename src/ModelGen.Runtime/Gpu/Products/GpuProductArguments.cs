namespace ModelGen.Gpu;

/// <summary>What a kernel of products is started with.</summary>
internal readonly struct GpuProductArguments<TA, TB, TEpilogue>(in TEpilogue epilogue, in TA a, in TB b, in GpuProductGrid grid)
    where TA : struct, IGpuFactor
    where TB : struct, IGpuFactor
    where TEpilogue : struct
{
    // The structs of others last: see GpuLayout.
    public readonly GpuProductGrid Grid = grid;
    public readonly TA A = a;
    public readonly TB B = b;
    public readonly TEpilogue Epilogue = epilogue;
}

/// <summary>How products are divided into tiles: columns of a row of tiles first, then rows, matrices, splits.</summary>
internal readonly struct GpuProductGrid(int batch, int rowTiles, int columnTiles, int splits, int splitDepth, int tileRows)
{
    public readonly int Batch = batch;
    public readonly int RowTiles = rowTiles;
    public readonly int ColumnTiles = columnTiles;
    public readonly int Splits = splits;

    /// <summary>The terms in each split's sums; in the last one what is left.</summary>
    public readonly int SplitDepth = splitDepth;

    /// <summary>The rows of a tile, where they are no constant.</summary>
    public readonly int TileRows = tileRows;
}
