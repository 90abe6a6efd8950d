using ModelGen.Gpu;
using ModelGen.TestDevices;

namespace ModelGen.Runtime.Tests.Gpu.Products;

/// <summary>Starts kernels on the OpenCL device of the tests.</summary>
internal readonly struct OpenCl : IGpuLauncher
{
    public static GpuAccelerator Accelerator => OpenClDevice.Device.Accelerator!;

    public void Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments)
        where TArguments : struct => Accelerator.Launch(kernel, groupsX, groupsY, threads, arguments);
}
