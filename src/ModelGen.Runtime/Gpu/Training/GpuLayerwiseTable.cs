namespace ModelGen.Gpu;

/// <summary>The chunks of a range's tensors, what they leave, and the steps of all tensors, on a device.</summary>
internal readonly struct GpuLayerwiseTable(GpuBuffer<int> chunks, GpuBuffer<float> squares, GpuBuffer<float> steps)
{
    /// <summary>The numbers of a chunk: where it begins, how many values it has, its tensor.</summary>
    public const int Numbers = 3;

    private readonly GpuBuffer<int> chunks = chunks;
    private readonly GpuBuffer<float> squares = squares;
    private readonly GpuBuffer<float> steps = steps;

    /// <summary>In a kernel: where a chunk begins.</summary>
    public int Start(int chunk) => chunks[Numbers * chunk];

    /// <summary>In a kernel: where a chunk ends.</summary>
    public int End(int chunk) => chunks[Numbers * chunk] + chunks[(Numbers * chunk) + 1];

    /// <summary>In a kernel: the step of a chunk's tensor.</summary>
    public float Step(int chunk) => steps[chunks[(Numbers * chunk) + 2]];

    /// <summary>In a kernel: leaves a chunk's sums of squares.</summary>
    public void Leave(int chunk, float values, float directions)
    {
        squares[2 * chunk] = values;
        squares[(2 * chunk) + 1] = directions;
    }
}
