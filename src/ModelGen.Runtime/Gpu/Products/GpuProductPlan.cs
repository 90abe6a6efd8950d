using System;

namespace ModelGen.Gpu;

/// <summary>How a batch of products [m, k] · [k, n] is divided among thread groups: a function of the shape and the device, so that results repeat.</summary>
/// <remarks>
/// Sums over k are split where there are fewer tiles than the device can work on at once and the sums are long: every split leaves its part of the
/// product in scratch memory, and a second kernel adds the parts in ascending order before the epilogue.
/// </remarks>
internal readonly record struct GpuProductPlan
{
    // A split must be worth its traffic through memory and the second kernel. Measured on an H100: where the gradient of a step of a recurrence with 128 units and four gates,
    // a product of 32 × 128 × 512, is in four parts, a training step of 100 words takes 7.1 ms instead of 9.9; one of 512 × 512 × 512 in two parts does 10.2 TFLOPS instead of 5.2.
    // Shorter sums were not measured, nor was OpenCL.
    private const int LeastSplitLengthOfWarps = 512, LeastSplitLength = 768, LeastSplitDepth = 128, LeastSplitDepthOfThread = 4096, SplitStep = 16;
    private const int Skinny = 16, NotSkinny = 64;

    private GpuProductPlan(int batch, int m, int n, int k, GpuProductTile tile, int tileRows, int tileColumns, int splitDepth)
    {
        // No products are one without rows: every reduction ends for some block.
        (Batch, M, N, K) = batch > 0 ? (batch, m, n, k) : (1, 0, n, k);
        (Tile, TileRows, TileColumns, SplitDepth) = (tile, tileRows, tileColumns, splitDepth);
        RowTiles = Math.Max(1, GpuGrid.Blocks(M, tileRows));
        ColumnTiles = Math.Max(1, GpuGrid.Blocks(n, tileColumns));
        Splits = Math.Max(1, GpuGrid.Blocks(k, splitDepth));
    }

    public int Batch { get; }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public GpuProductTile Tile { get; }

    public int TileRows { get; }

    public int TileColumns { get; }

    public int RowTiles { get; }

    public int ColumnTiles { get; private init; }

    /// <summary>Gets the number of sums that every element is split into.</summary>
    public int Splits { get; }

    /// <summary>Gets the number of terms in each; in the last one what is left.</summary>
    public int SplitDepth { get; }

    /// <summary>Gets the number of tiles over all splits.</summary>
    public int Tiles => Splits * Batch * RowTiles * ColumnTiles;

    /// <summary>Gets the number of blocks of rows that an epilogue's reductions end for.</summary>
    public int Parts => Batch * (Splits > 1 ? Math.Max(1, GpuGrid.Blocks(M, GpuSplitSums.Rows)) : RowTiles);

    /// <summary>Gets the number of floats that the splits leave; none without splits.</summary>
    public long Scratch => Splits > 1 ? (long)Splits * Batch * M * N : 0;

    public GpuProductGrid Grid => new(Batch, RowTiles, ColumnTiles, Splits, SplitDepth, TileRows);

    /// <summary>The plan for a shape.</summary>
    public static GpuProductPlan Of(int batch, int m, int n, int k, GpuCapabilities device)
    {
        GpuProductTile tile = Choose(batch, m, n, device);
        GpuProductPlan whole = Of(batch, m, n, k, tile, 1, ThreadRows(batch, m, n, device));
        int least = tile == GpuProductTile.Thread ? LeastSplitDepthOfThread : LeastSplitDepth;
        // Another launch costs as much as some hundred terms, and tiles that keep most of the device busy gain little.
        bool isWorthIt = k >= (device.Warp > 0 ? LeastSplitLengthOfWarps : LeastSplitLength) && 2 * whole.Tiles <= device.Multiprocessors;
        int splits = isWorthIt ? Math.Min(2 * device.Multiprocessors / whole.Tiles, k / least) : 1;
        return splits > 1 ? Of(batch, m, n, k, tile, splits, whole.TileRows) : whole;
    }

    /// <summary>A plan of a certain kind, for tests and measurements.</summary>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="tile">The tiles.</param>
    /// <param name="splits">The number of splits wished for.</param>
    /// <param name="threadRows">The rows of a thread's tile.</param>
    /// <returns>The plan.</returns>
    public static GpuProductPlan Of(int batch, int m, int n, int k, GpuProductTile tile, int splits, int threadRows = GpuThreadProduct.MostRows)
    {
        int depth = splits > 1 ? GpuGrid.Blocks(GpuGrid.Blocks(k, splits), SplitStep) * SplitStep : Math.Max(1, k);
        return tile switch
        {
            GpuProductTile.Large => new(batch, m, n, k, tile, GpuTile<LargeTile>.Rows, GpuTile<LargeTile>.Columns, depth),
            GpuProductTile.Middle => new(batch, m, n, k, tile, GpuTile<MiddleTile>.Rows, GpuTile<MiddleTile>.Columns, depth),
            GpuProductTile.Tall => new(batch, m, n, k, tile, GpuTile<TallTile>.Rows, GpuTile<TallTile>.Columns, depth),
            GpuProductTile.Wide => new(batch, m, n, k, tile, GpuTile<WideTile>.Rows, GpuTile<WideTile>.Columns, depth),
            _ => new(batch, m, n, k, tile, threadRows, GpuThreadProduct.Columns, depth),
        };
    }

    /// <summary>The plan for a product whose columns are equal parts. Its sums are not split: that would take a second launch in every step of a recurrence.</summary>
    /// <param name="m">The rows.</param>
    /// <param name="n">The columns.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="device">What the device says of itself.</param>
    public static GpuProductPlan OfParts(int m, int n, int k, int parts, GpuCapabilities device)
    {
        GpuProductTile tile = Choose(1, m, n, device);
        return OfParts(m, n, k, parts, tile == GpuProductTile.Tall ? GpuProductTile.Middle : tile, ThreadRows(1, m, n, device));
    }

    /// <summary>Such a plan of a certain kind, for tests.</summary>
    /// <param name="m">The rows.</param>
    /// <param name="n">The columns.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="tile">The tiles; tall ones have too few columns.</param>
    /// <param name="threadRows">The rows of a thread's tile.</param>
    public static GpuProductPlan OfParts(int m, int n, int k, int parts, GpuProductTile tile, int threadRows = GpuThreadProduct.MostRows)
    {
        GpuProductPlan plan = Of(1, m, n, k, tile, 1, threadRows);
        int units = tile == GpuProductTile.Thread ? GpuThreadProduct.Columns / parts : plan.TileColumns / parts / 4 * 4;
        return plan with { ColumnTiles = Math.Max(1, GpuGrid.Blocks(n / parts, units)) };
    }

    /// <summary>Large tiles where there are enough of them for every multiprocessor, smaller ones otherwise.</summary>
    private static GpuProductTile Choose(int batch, int m, int n, GpuCapabilities device) =>
        !device.HasOwnLocalMemory ? GpuProductTile.Thread
        : n <= Skinny && m > NotSkinny ? GpuProductTile.Tall
        : m <= Skinny && n > NotSkinny ? GpuProductTile.Wide
        : (long)batch * GpuGrid.Blocks(m, GpuTile<LargeTile>.Rows) * GpuGrid.Blocks(n, GpuTile<LargeTile>.Columns) >= device.Multiprocessors ? GpuProductTile.Large
        : GpuProductTile.Middle;

    /// <summary>The rows of a thread's tile: fewer where that gives every core something to do.</summary>
    private static int ThreadRows(int batch, int m, int n, GpuCapabilities device)
    {
        int rows = GpuThreadProduct.MostRows;
        while (rows > GpuThreadProduct.LeastRows
            && (long)batch * GpuGrid.Blocks(m, rows) * GpuGrid.Blocks(n, GpuThreadProduct.Columns) < GpuThreadProduct.TilesPerCore * device.Multiprocessors)
        {
            rows /= 2;
        }

        return rows;
    }
}
