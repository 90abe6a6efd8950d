namespace ModelGen.Gpu;

/// <summary>One factor of a batch of products, as kernels see it.</summary>
/// <remarks>A line is a row of the left factor or a column of the right one.</remarks>
internal interface IGpuFactor
{
    /// <summary>Gets a value indicating whether the numbers of a line lie beside each other; otherwise lines do.</summary>
    static abstract bool IsAlongDepth { get; }

    /// <summary>Gets the number of lines of each matrix.</summary>
    int Lines { get; }

    /// <summary>Gets the length of a line.</summary>
    int Depth { get; }

    /// <summary>Reads four numbers that lie beside each other; those beyond the factor are 0.</summary>
    /// <param name="batch">The matrix.</param>
    /// <param name="line">The line, or the first of four.</param>
    /// <param name="k">The place in the line, or the first of four.</param>
    /// <param name="end">Where the sums end.</param>
    /// <returns>What lies in memory.</returns>
    Strip4 Read(int batch, int line, int k, int end);

    /// <summary>An element as it is multiplied, from what lies in memory.</summary>
    float Apply(int batch, int line, int k, float value);

    /// <summary>An element as it is multiplied.</summary>
    float At(int batch, int line, int k);
}
