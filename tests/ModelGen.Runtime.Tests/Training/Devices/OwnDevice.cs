using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;

namespace ModelGen.Tests.Training.Devices;

/// <summary>The OpenCL device, opened once more for one test: to count its commands and its memory, or to break it.</summary>
internal static class OwnDevice
{
    /// <summary>Gets the same device as others use it, for what must give the same numbers. Other tests may be on a CUDA device.</summary>
    public static Device Shared => Device.OpenCl(Found().Info.Index);

    public static Device Open()
    {
        GpuDevice device = Found();
        return Device.Of(device.OpenAnother(), device.Info);
    }

    private static GpuDevice Found()
    {
        _ = OpenClDevice.Device;
        return GpuPlatform.Devices.First(found => found.Info is { Kind: DeviceKind.OpenCl, Unusable: null });
    }
}
