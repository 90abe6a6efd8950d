using ILGPU;
using ModelGen.Gpu;
using Sums64 = ModelGen.Benchmarks.Gpu.Twice<ModelGen.Benchmarks.Gpu.Twice<ModelGen.Benchmarks.Gpu.Twice<ModelGen.Benchmarks.Gpu.Twice<
    ModelGen.Benchmarks.Gpu.Twice<ModelGen.Benchmarks.Gpu.Twice<ModelGen.Benchmarks.Gpu.OneSum>>>>>>;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>Multiply-adds on registers: 64 sums that do not wait for each other, enough for any depth of pipelines and width of vectors.</summary>
internal static class MultiplyAdd
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(MultiplyAdd));

    private const int LoopRounds = 512;
    private const int GroupsPerMultiprocessor = 16;

    public static int Groups(GpuAccelerator accelerator) => GroupsPerMultiprocessor * accelerator.Multiprocessors;

    public static double Operations(GpuAccelerator accelerator) => 2d * LoopRounds * Sums64.Count * GpuGrid.Threads * Groups(accelerator);

    private static void Run(Arguments arguments)
    {
        Sums64 sums = default(Sums64).StartAt(Group.IdxX);
        for (int round = 0; round < LoopRounds; round++)
        {
            sums = sums.Step(arguments.Factor, arguments.Summand);
        }

        // A result that nobody could see would not be calculated. It is not stored, but side by side, so that compilers see vectors.
        if (sums.First == -1f)
        {
            sums.Store(arguments.Result, 0);
        }
    }

    public readonly struct Arguments(float factor, float summand, GpuBuffer<float> result)
    {
        public readonly GpuBuffer<float> Result = result;
        public readonly float Factor = factor;
        public readonly float Summand = summand;
    }
}

/// <summary>A number of sums in registers.</summary>
internal interface ISums<T>
    where T : struct, ISums<T>
{
    static abstract int Count { get; }

    float First { get; }

    T StartAt(float number);

    T Step(float factor, float summand);

    void Store(GpuBuffer<float> destination, int at);
}

/// <summary>A single one.</summary>
internal readonly struct OneSum(float sum) : ISums<OneSum>
{
    private readonly float sum = sum;

    public static int Count => 1;

    public float First => sum;

    public OneSum StartAt(float number) => new(number);

    public OneSum Step(float factor, float summand) => new(GpuMath.MultiplyAdd(sum, factor, summand));

    public void Store(GpuBuffer<float> destination, int at) => destination[at] = sum;
}

/// <summary>Twice as many as <typeparamref name="T"/>.</summary>
internal readonly struct Twice<T>(T left, T right) : ISums<Twice<T>>
    where T : struct, ISums<T>
{
    private readonly T left = left;
    private readonly T right = right;

    public static int Count => 2 * T.Count;

    public float First => left.First;

    public Twice<T> StartAt(float number) => new(left.StartAt(2f * number), right.StartAt((2f * number) + 1f));

    public Twice<T> Step(float factor, float summand) => new(left.Step(factor, summand), right.Step(factor, summand));

    public void Store(GpuBuffer<float> destination, int at)
    {
        left.Store(destination, at);
        right.Store(destination, at + T.Count);
    }
}
