using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Memory that the threads of a group share, in kernels.</summary>
public static class GpuShared
{
    /// <summary>Takes shared memory, with undefined contents.</summary>
    /// <param name="count">The number of floats: a constant.</param>
    /// <returns>The memory, the same for all threads of the group.</returns>
    public static GpuBuffer<float> Floats(int count) => new(SharedMemory.Allocate<float>(count));
}
