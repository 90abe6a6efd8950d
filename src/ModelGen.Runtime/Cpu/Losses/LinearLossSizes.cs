namespace ModelGen.Cpu;

/// <summary>The sizes and settings of <see cref="Losses"/>, and how the scores are cut up: functions of the shape alone.</summary>
/// <remarks>
/// A block of rows is finished before the next begins: its scores are all that there are, 10 MB for 10,000 classes, which a last-level cache holds. Within it, a chunk of classes is what
/// one task works on at a time: [192, 240] exponentials, their part of the weight and of its gradient stay in a second-level cache of 1 MB.
/// </remarks>
internal readonly record struct LinearLossSizes(int Rows, int Classes, int Size, int Ignored, float Smoothing)
{
    /// <summary>The ignored target where all rows count.</summary>
    public const int NoneIgnored = int.MinValue;

    /// <summary>Rows of a block, which are also the depth of a chunk's product for the weight's gradient: one that is not divided, and whole pieces.</summary>
    public const int RowsPerBlock = 5 * RowsPerPiece;

    /// <summary>Classes of a chunk at most: whole tiles, and the depth of the product for the gradient of the hidden rows.</summary>
    public const int ClassesPerChunk = 8 * LinesMultiple;

    /// <summary>Rows of a piece: a multiple of every tile's lines and columns.</summary>
    public const int RowsPerPiece = 48;

    /// <summary>Tasks at most. Each adds up its own part of the gradient of the hidden rows.</summary>
    public const int MaxGroups = 16;

    /// <summary>A multiple of the lines of every tile.</summary>
    private const int LinesMultiple = 24;

    /// <summary>Gets the number of pieces of a block.</summary>
    public int Pieces => GemmBlocking.CeilingDivide(int.Min(Rows, RowsPerBlock), RowsPerPiece);

    /// <summary>Gets the rows of the largest block that there is, in whole pieces.</summary>
    public int MostRows => Pieces * RowsPerPiece;

    /// <summary>Gets the number of chunks.</summary>
    public int Chunks => GemmBlocking.CeilingDivide(Classes, ClassesPerChunk);

    /// <summary>Gets the number of groups of chunks: a group is a task.</summary>
    public int Groups => int.Min(Chunks, MaxGroups);

    /// <summary>Gets the distance between the pieces of a chunk.</summary>
    public int PieceLength => GemmBlocking.CeilingDivide(int.Min(Classes, ClassesPerChunk), LinesMultiple) * LinesMultiple * RowsPerPiece;

    /// <summary>Gets the floats of a chunk of exponentials, [pieces, classes, rows of a piece].</summary>
    public int ChunkLength => Pieces * PieceLength;

    /// <summary>Gets the floats of the hidden rows of a block.</summary>
    public int HiddenLength => MostRows * Size;

    /// <summary>The floats that a call needs.</summary>
    public long Scratch(bool withGradients) =>
        RowTotals.Length(MostRows, Groups) + HiddenLength + (withGradients ? ((long)Chunks * ChunkLength) + ((long)Groups * HiddenLength) + Size : 0);

    /// <summary>The first class of a chunk.</summary>
    public int FirstClass(int chunk) => int.Min(chunk * ClassesPerChunk, Classes);

    /// <summary>The first chunk of a group; that of the group behind the last is the number of chunks.</summary>
    public int FirstChunk(int group) => (int)((long)group * Chunks / Groups);
}

/// <summary>What a layer calculates with, or the gradients with respect to that.</summary>
/// <param name="Hidden">[rows, size].</param>
/// <param name="Weight">[classes, size].</param>
/// <param name="Bias">[classes].</param>
internal readonly record struct LinearLayer(Buffer<float> Hidden, Buffer<float> Weight, Buffer<float> Bias);
