using ILGPU.Runtime;
using ILGPU.Runtime.OpenCL;

namespace ModelGen.Gpu;

/// <summary>What of a device decides how products are tiled.</summary>
/// <param name="Multiprocessors">The number of its multiprocessors; a processor's cores.</param>
/// <param name="HasSharedMemory">Whether thread groups have fast memory of their own, apart from global memory.</param>
internal readonly record struct GpuProductDevice(int Multiprocessors, bool HasSharedMemory)
{
    private const int Global = 2;

    /// <summary>Asks a device. OpenCL says of processors that local memory is a part of global memory.</summary>
    public static GpuProductDevice Of(Accelerator accelerator) => new(
        accelerator.NumMultiprocessors,
        accelerator is not CLAccelerator || ((CLDevice)accelerator.Device).GetDeviceInfo<int>(CLDeviceInfoType.CL_DEVICE_LOCAL_MEM_TYPE) != Global);
}
