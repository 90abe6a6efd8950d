namespace ModelGen.Gpu;

/// <summary>A reduction over rows of which every part of the rows has left its own: <c>destination[c] = Σ parts[p, c]</c>, or the greatest.</summary>
public readonly struct GpuSum
{
    private readonly GpuBuffer<float> parts;
    private readonly GpuBuffer<float> destination;
    private readonly int columns;
    private readonly int isMax;

    private GpuSum(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination, int isMax) =>
        (this.parts, this.columns, this.destination, this.isMax) = (parts, columns, destination, isMax);

    internal int Columns => columns;

    /// <summary>A sum.</summary>
    /// <param name="parts">What the parts of the rows left, [parts, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the sums, [columns].</param>
    /// <returns>What is to be done.</returns>
    public static GpuSum Of(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination) => new(parts, columns, destination, 0);

    /// <summary>A maximum, NaN where any is NaN.</summary>
    /// <param name="parts">What the parts of the rows left, [parts, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the maxima, [columns].</param>
    /// <returns>What is to be done.</returns>
    public static GpuSum MaxOf(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination) => new(parts, columns, destination, 1);

    /// <summary>In a kernel: reduces one column, the parts in ascending order.</summary>
    internal void Reduce(int column, int count)
    {
        float result = isMax != 0 ? float.NegativeInfinity : 0f;
        for (int part = 0; part < count; part++)
        {
            float value = parts[(part * columns) + column];
            result = isMax != 0 ? GpuMath.Max(result, value) : result + value;
        }

        destination[column] = result;
    }
}
