using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A reduction over rows of which every part of the rows has left its own: <c>destination[c] = Σ parts[p, c]</c>, or the greatest, or the product.</summary>
public readonly struct GpuSum
{
    private const int OfSum = 0;
    private const int OfMax = 1;
    private const int OfProduct = 2;

    private readonly GpuBuffer<float> parts;
    private readonly GpuBuffer<float> destination;
    private readonly int columns;
    private readonly int kind;

    private GpuSum(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination, int kind) =>
        (this.parts, this.columns, this.destination, this.kind) = (parts, columns, destination, kind);

    /// <summary>Gets the number of groups that are needed; 0 for nothing to do.</summary>
    internal int Groups => (columns + Width - 1) / Width;

    /// <summary>Gets the number of columns that a group works on: a power of two.</summary>
    private int Width => columns >= GpuFinish.MostColumns ? GpuFinish.MostColumns : columns > 16 ? 32 : columns > 8 ? 16 : columns > 4 ? 8 : columns > 2 ? 4 : columns > 1 ? 2 : 1;

    /// <summary>A sum.</summary>
    /// <param name="parts">What the parts of the rows left, [parts, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the sums, [columns].</param>
    /// <returns>What is to be done.</returns>
    public static GpuSum Of(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination) => new(parts, columns, destination, OfSum);

    /// <summary>A maximum, NaN where any is NaN.</summary>
    /// <param name="parts">What the parts of the rows left, [parts, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the maxima, [columns].</param>
    /// <returns>What is to be done.</returns>
    public static GpuSum MaxOf(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination) => new(parts, columns, destination, OfMax);

    /// <summary>A product.</summary>
    /// <param name="parts">What the parts of the rows left, [parts, columns].</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the products, [columns].</param>
    /// <returns>What is to be done.</returns>
    public static GpuSum ProductOf(GpuBuffer<float> parts, int columns, GpuBuffer<float> destination) => new(parts, columns, destination, OfProduct);

    /// <summary>
    /// In a kernel: reduces the columns that the group is for. Its threads are slices of the parts times columns; a slice adds its parts up in
    /// ascending order, then slices are added pairwise, so that the order is always the same.
    /// </summary>
    /// <param name="shared">A float for each thread.</param>
    /// <param name="count">The number of parts.</param>
    internal void Reduce(ArrayView<float> shared, int count)
    {
        int width = Width;
        int first = Grid.IdxX * width;
        if (first >= columns)
        {
            return;
        }

        int thread = Group.IdxX;
        int column = first + (thread & (width - 1));
        float result = kind == OfSum ? 0f : kind == OfMax ? float.NegativeInfinity : 1f;
        if (column < columns)
        {
            for (int part = thread / width; part < count; part += GpuFinish.ThreadsPerGroup / width)
            {
                result = Combine(result, parts[(part * columns) + column]);
            }
        }

        shared[thread] = result;
        GpuBarrier.Wait();
        for (int distance = GpuFinish.ThreadsPerGroup / 2; distance >= width; distance >>= 1)
        {
            if (thread < distance)
            {
                shared[thread] = Combine(shared[thread], shared[thread + distance]);
            }

            GpuBarrier.Wait();
        }

        if (thread < width && column < columns)
        {
            destination[column] = shared[thread];
        }

        GpuBarrier.Wait();
    }

    private float Combine(float a, float b) => kind == OfSum ? a + b : kind == OfMax ? GpuMath.Max(a, b) : a * b;
}
