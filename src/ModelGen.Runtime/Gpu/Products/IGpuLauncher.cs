namespace ModelGen.Gpu;

/// <summary>What starts kernels, or notes which ones are to be started.</summary>
internal interface IGpuLauncher
{
    /// <summary>Starts a kernel.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="groupsX">The thread groups in one dimension.</param>
    /// <param name="groupsY">The thread groups in the other.</param>
    /// <param name="threads">The threads of a group.</param>
    /// <param name="arguments">The arguments.</param>
    void Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments)
        where TArguments : struct;
}
