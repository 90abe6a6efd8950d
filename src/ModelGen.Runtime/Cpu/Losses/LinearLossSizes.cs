namespace ModelGen.Cpu;

/// <summary>The sizes and settings of <see cref="Losses"/>, and how the scores are cut up: functions of the shape alone.</summary>
/// <remarks>
/// A block of rows is finished before the next begins: its scores are all that there are, 10 MB for 10,000 classes, which a last-level cache holds. Within it, a chunk of classes is what
/// one task works on at a time: [256, 192] scores, their part of the weight and of its gradient stay in a second-level cache of 1 MB.
/// </remarks>
internal readonly record struct LinearLossSizes(int Rows, int Classes, int Size, int Ignored, float Smoothing)
{
    /// <summary>The ignored target where all rows count.</summary>
    public const int NoneIgnored = int.MinValue;

    /// <summary>Rows of a block, which are also the depth of a chunk's product for the weight's gradient: one that is not divided.</summary>
    public const int RowsPerBlock = GemmBlocking.MaxDepth;

    /// <summary>Classes of a chunk at most: whole panels of a product, and the depth of that for the gradient of the hidden rows.</summary>
    public const int ClassesPerChunk = 192;

    /// <summary>Tasks at most. Each adds up its own part of the gradient of the hidden rows.</summary>
    public const int MaxGroups = 16;

    /// <summary>Lanes of the widest vector: rows of a block lie side by side, so many at a time.</summary>
    private const int MostLanes = 16;

    /// <summary>What lies between the classes of a chunk: lines a power of two apart would share a few places of the first-level cache.</summary>
    private const int Margin = 16;

    /// <summary>Gets the rows of the largest block that there is, in whole vectors.</summary>
    public int MostRows => GemmBlocking.CeilingDivide(int.Min(Rows, RowsPerBlock), MostLanes) * MostLanes;

    /// <summary>Gets the number of chunks.</summary>
    public int Chunks => GemmBlocking.CeilingDivide(Classes, ClassesPerChunk);

    /// <summary>Gets the number of groups of chunks: a group is a task.</summary>
    public int Groups => int.Min(Chunks, MaxGroups);

    /// <summary>Gets the distance between the classes of a chunk.</summary>
    public int Stride => MostRows + Margin;

    /// <summary>Gets the floats of a chunk of scores.</summary>
    public int ChunkLength => int.Min(Classes, ClassesPerChunk) * Stride;

    /// <summary>Gets the floats of the hidden rows of a block.</summary>
    public int HiddenLength => MostRows * Size;

    /// <summary>The floats that a call needs.</summary>
    public long Scratch(bool withGradients) =>
        RowTotals.Length(MostRows, Groups) + HiddenLength + (withGradients ? ((long)Chunks * ChunkLength) + ((long)Groups * HiddenLength) : 0);

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
