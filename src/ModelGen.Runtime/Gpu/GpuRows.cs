using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that runs an <see cref="IGpuRowKernel"/> on blocks of rows, a block for each thread group.</summary>
internal static class GpuRows<TKernel>
    where TKernel : struct, IGpuRowKernel
{
    /// <summary>For every device.</summary>
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TKernel));

    /// <summary>For devices whose threads exchange registers within warps of 32.</summary>
    public static readonly GpuKernel<Arguments> WarpKernel = new(RunOnWarps, typeof(TKernel));

    /// <summary>The kernel for a device.</summary>
    public static GpuKernel<Arguments> For(GpuCapabilities capabilities) => capabilities.Warp == WarpTeam.Threads ? WarpKernel : Kernel;

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        TKernel kernel = arguments.Kernel;
        int block = Grid.IdxX;
        kernel.Run(new SharedTeam(shared, arguments.Lanes), block, GpuRows.First(block, arguments.Rows), GpuRows.First(block + 1, arguments.Rows));
    }

    private static void RunOnWarps(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup / WarpTeam.Threads);
        TKernel kernel = arguments.Kernel;
        int block = Grid.IdxX;
        kernel.Run(new WarpTeam(shared, arguments.Lanes), block, GpuRows.First(block, arguments.Rows), GpuRows.First(block + 1, arguments.Rows));
    }

    public readonly struct Arguments(in TKernel kernel, int rows, int lanes)
    {
        // The struct last: see GpuLayout.
        public readonly int Rows = rows;
        public readonly int Lanes = lanes;
        public readonly TKernel Kernel = kernel;
    }
}

/// <summary>What all row kernels share.</summary>
internal static class GpuRows
{
    public const int ThreadsPerGroup = 256;

    /// <summary>In a kernel: the first row of a block. The blocks are the grid's groups.</summary>
    public static int First(int block, int rows) => (int)((long)block * rows / Grid.DimX);
}
