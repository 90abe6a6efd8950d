namespace ModelGen.Gpu;

/// <summary>What is fused before a matrix product: how a factor's numbers come from those in memory.</summary>
internal interface IGpuPrologue
{
    /// <summary>An element of the factor.</summary>
    /// <param name="row">Its row, over all matrices of a batch.</param>
    /// <param name="column">Its column.</param>
    /// <param name="value">What lies in memory.</param>
    /// <returns>What is multiplied.</returns>
    float Apply(int row, int column, float value);
}

/// <summary>Nothing: the factor is what lies in memory.</summary>
internal readonly struct NoPrologue : IGpuPrologue
{
    public float Apply(int row, int column, float value) => value;
}
