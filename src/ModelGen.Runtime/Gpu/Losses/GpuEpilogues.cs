namespace ModelGen.Gpu;

/// <summary>Stores the product and a number for each column.</summary>
internal readonly struct GpuBiasEpilogue(GpuBuffer<float> bias, GpuBuffer<float> destination, int columns) : IGpuEpilogue
{
    private readonly GpuBuffer<float> bias = bias;
    private readonly GpuBuffer<float> destination = destination;
    private readonly int columns = columns;

    public void Apply(int row, int column, float product) => destination[(row * columns) + column] = product + bias[column];
}

/// <summary>Stores the first of several products, and adds the others to it.</summary>
internal readonly struct GpuSumEpilogue(GpuBuffer<float> destination, int columns, bool isFirst) : IGpuEpilogue
{
    private readonly GpuBuffer<float> destination = destination;
    private readonly int columns = columns;
    private readonly int isFirst = isFirst ? 1 : 0;

    public void Apply(int row, int column, float product)
    {
        int place = (row * columns) + column;
        destination[place] = isFirst != 0 ? product : destination[place] + product;
    }
}
