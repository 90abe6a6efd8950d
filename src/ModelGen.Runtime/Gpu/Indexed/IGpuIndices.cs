namespace ModelGen.Gpu;

/// <summary>Indices as they lie in a device's memory.</summary>
internal interface IGpuIndices
{
    /// <summary>In a kernel: the index at a place.</summary>
    int At(int place);
}

/// <summary>Indices that the caller gave.</summary>
internal readonly struct GpuIntIndices(GpuBuffer<int> values) : IGpuIndices
{
    public int At(int place) => values[place];
}

/// <summary>Indices that a kernel has brought into one piece, as numbers.</summary>
internal readonly struct GpuFloatIndices(GpuBuffer<float> values) : IGpuIndices
{
    public int At(int place) => (int)values[place];
}
