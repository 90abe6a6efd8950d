using ILGPU;

namespace ModelGen.Gpu;

/// <summary>What starts kernels, or notes which ones are to be started.</summary>
internal interface IGpuLauncher
{
    /// <summary>Starts a kernel.</summary>
    void Launch<TArguments>(GpuKernel<TArguments> kernel, KernelConfig config, in TArguments arguments)
        where TArguments : struct;
}
