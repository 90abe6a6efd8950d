namespace ModelGen.Gpu;

/// <summary>What decides between variants of kernels and the size of grids: asked of the device, never guessed.</summary>
/// <param name="Multiprocessors">The number of parts that run thread groups on their own.</param>
/// <param name="Warp">The number of threads that kernels may exchange registers among; 0 where they may not.</param>
/// <param name="LocalMemory">Bytes of memory that a thread group shares.</param>
internal readonly record struct GpuCapabilities(int Multiprocessors, int Warp, int LocalMemory)
{
    /// <summary>What every CUDA device of the last decade has, for kernels that are compiled without one.</summary>
    public static GpuCapabilities Cuda { get; } = new(108, 32, 48 * 1024);

    /// <summary>The least that kernels can run on.</summary>
    public static GpuCapabilities Least { get; } = new(1, 0, 16 * 1024);

    /// <summary>Gets a value indicating whether local memory is apart from global memory, and fast. OpenCL says of processors that it is not.</summary>
    public bool HasOwnLocalMemory { get; init; } = true;
}
