using System.Collections.Generic;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace ModelGen.Gpu;

/// <summary>The devices of the CUDA driver.</summary>
internal static class CudaDevices
{
    /// <summary>Gets a value indicating whether there is a driver.</summary>
    public static bool HasDriver => CudaAPI.CurrentAPI.IsSupported;

    public static IEnumerable<GpuDevice> Find()
    {
        if (!HasDriver)
        {
            yield break;
        }

        int index = 0;
        foreach (ILGPU.Runtime.Device device in CudaDevice.GetDevices(static _ => true))
        {
            var cuda = (CudaDevice)device;
            yield return new GpuDevice(Describe(cuda, index++), context => new CudaDriver(cuda.CreateCudaAccelerator(context)));
        }
    }

    private static DeviceInfo Describe(CudaDevice device, int index) => new()
    {
        Kind = DeviceKind.Cuda,
        Index = index,
        Name = device.Name,
        Memory = device.MemorySize,
        Multiprocessors = device.NumMultiprocessors,
        WarpSize = device.WarpSize,
        SubGroups = true,
        LocalMemory = device.MaxSharedMemoryPerGroup,
        Float64 = true,
        Float16 = device.Architecture is CudaArchitecture architecture && architecture >= CudaArchitecture.SM_53,
        Unusable = Unusable(device),
    };

    private static string? Unusable(CudaDevice device) =>
        device.Architecture is null ? "its architecture is too old"
        : device.InstructionSet is not CudaInstructionSet set || !PTXCodeGenerator.SupportedInstructionSets.Contains(set) ? "its driver is too old: install a newer one"
        : null;
}
