using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that finishes up to four reductions over rows at once.</summary>
internal static class GpuFinish
{
    public const int MostSums = 4;
    public const int ThreadsPerGroup = 256;

    /// <summary>The most columns that a group works on: as many as neighbouring threads read at a time.</summary>
    public const int MostColumns = 32;

    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuFinish));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(ThreadsPerGroup);
        arguments.First.Reduce(shared, arguments.Parts);
        arguments.Second.Reduce(shared, arguments.Parts);
        arguments.Third.Reduce(shared, arguments.Parts);
        arguments.Fourth.Reduce(shared, arguments.Parts);
    }

    public readonly struct Arguments(int parts, GpuSum first, GpuSum second, GpuSum third, GpuSum fourth)
    {
        public readonly int Parts = parts;
        public readonly GpuSum First = first;
        public readonly GpuSum Second = second;
        public readonly GpuSum Third = third;
        public readonly GpuSum Fourth = fourth;
    }
}
