using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;

namespace ModelGen.Tests.Training.Devices;

/// <summary>The OpenCL device, opened once more for one test: to count its commands and its memory, or to break it.</summary>
internal static class OwnDevice
{
    public static Device Open()
    {
        _ = OpenClDevice.Device;
        GpuDevice device = GpuPlatform.Devices.First(found => found.Info is { Kind: DeviceKind.OpenCl, Unusable: null });
        return Device.Of(device.OpenAnother(), device.Info);
    }
}
