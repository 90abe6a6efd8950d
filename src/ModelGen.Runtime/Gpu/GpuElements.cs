using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that runs an <see cref="IGpuElementKernel"/> on every element.</summary>
internal static class GpuElements<TKernel>
    where TKernel : struct, IGpuElementKernel
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TKernel));

    /// <summary>More elements than threads are worked on in turns, so that no grid is too large.</summary>
    private static void Run(Arguments arguments)
    {
        TKernel kernel = arguments.Kernel;
        int step = Grid.DimX * Group.DimX;
        for (int index = (Grid.IdxX * Group.DimX) + Group.IdxX; index < arguments.Count; index += step)
        {
            kernel.Run(index);
        }
    }

    public readonly struct Arguments(in TKernel kernel, int count)
    {
        // The struct last: see GpuLayout.
        public readonly int Count = count;
        public readonly TKernel Kernel = kernel;
    }
}
