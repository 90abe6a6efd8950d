namespace ModelGen.Gpu;

/// <summary>What is fused before a matrix product: how a factor's numbers come from those in memory.</summary>
public interface IGpuPrologue
{
    /// <summary>An element of the factor.</summary>
    /// <param name="row">The row of the factor as it lies in memory, over all matrices of a batch.</param>
    /// <param name="column">The column there.</param>
    /// <param name="factor">What lies in memory.</param>
    /// <returns>What is multiplied.</returns>
    float Read(int row, int column, float factor);
}

/// <summary>Nothing: the factor is what lies in memory.</summary>
internal readonly struct NoPrologue : IGpuPrologue
{
    public float Read(int row, int column, float factor) => factor;
}
