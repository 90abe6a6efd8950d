namespace ModelGen.Cpu;

/// <summary>The sizes and settings of <see cref="Losses"/>.</summary>
internal readonly record struct LinearLossSizes(int Rows, int Classes, int Size, int Ignored, float Smoothing)
{
    /// <summary>The ignored target where all rows count.</summary>
    public const int NoneIgnored = int.MinValue;

    /// <summary>
    /// Rows of a block. Every block packs the weight twice and adds to its gradient: with 3,200 rows of 128 and 10,000 classes, blocks of 256, 512, 1,024 and all rows took
    /// 1.04, 1.00, 0.99 and 0.96 of one thread's time (the least of seven, on a busy machine), and the memory of all rows is what is to be saved. With 10,000 classes the scores of a block are 20 MB.
    /// </summary>
    public const int RowsPerBlock = 512;

    /// <summary>Rows that one task works on, whose bias gradient it keeps apart: 32 tasks in a block are enough to share out evenly.</summary>
    public const int RowsPerGroup = 16;

    /// <summary>Gets the rows of the largest block that there is.</summary>
    public int MostRows => int.Min(Rows, RowsPerBlock);

    /// <summary>Gets the groups of the largest block.</summary>
    public int MostGroups => Groups(MostRows);

    /// <summary>The floats that a block needs: its scores and losses, and the bias gradients of its groups.</summary>
    public long Scratch(bool withGradients) => ((long)Classes * (MostRows + (withGradients ? MostGroups : 0))) + MostRows;

    /// <summary>The groups of a block.</summary>
    public static int Groups(int rows) => (rows + RowsPerGroup - 1) / RowsPerGroup;
}

/// <summary>What a layer calculates with, or the gradients with respect to that.</summary>
/// <param name="Hidden">[rows, size].</param>
/// <param name="Weight">[classes, size].</param>
/// <param name="Bias">[classes].</param>
internal readonly record struct LinearLayer(Buffer<float> Hidden, Buffer<float> Weight, Buffer<float> Bias);
