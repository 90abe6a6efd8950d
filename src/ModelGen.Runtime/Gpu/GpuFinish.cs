using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that finishes up to four reductions over rows at once: a thread for each column.</summary>
internal static class GpuFinish
{
    /// <summary>The number of reductions that fit in one launch.</summary>
    public const int Most = 4;

    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuFinish));

    private static void Run(Arguments arguments)
    {
        int column = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (column < arguments.First.Columns)
        {
            arguments.First.Reduce(column, arguments.Parts);
        }

        if (column < arguments.Second.Columns)
        {
            arguments.Second.Reduce(column, arguments.Parts);
        }

        if (column < arguments.Third.Columns)
        {
            arguments.Third.Reduce(column, arguments.Parts);
        }

        if (column < arguments.Fourth.Columns)
        {
            arguments.Fourth.Reduce(column, arguments.Parts);
        }
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
