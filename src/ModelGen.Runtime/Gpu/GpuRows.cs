using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that runs an <see cref="IGpuRowKernel"/> on blocks of rows, a block for each thread group.</summary>
internal static class GpuRows<TKernel>
    where TKernel : struct, IGpuRowKernel
{
    /// <summary>For every device.</summary>
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TKernel));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        TKernel kernel = arguments.Kernel;
        int block = Grid.IdxX;
        int first = (int)((long)block * arguments.Rows / arguments.Blocks);
        int end = (int)((block + 1L) * arguments.Rows / arguments.Blocks);
        kernel.Run(new SharedTeam(shared, arguments.Lanes), block, first, end);
    }

    public readonly struct Arguments(in TKernel kernel, int rows, int blocks, int lanes)
    {
        public readonly TKernel Kernel = kernel;
        public readonly int Rows = rows;
        public readonly int Blocks = blocks;
        public readonly int Lanes = lanes;
    }
}

/// <summary>What all row kernels share.</summary>
internal static class GpuRows
{
    public const int ThreadsPerGroup = 256;
}
