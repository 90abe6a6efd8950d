using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace ModelGen.Gpu;

/// <summary>The devices of this machine. Looking for them opens none.</summary>
internal static class GpuPlatform
{
    private static readonly Lock Gate = new();
    private static IReadOnlyList<GpuDevice>? devices;

    /// <summary>Gets all devices, usable or not: CUDA's, then OpenCL's, each in the drivers' order.</summary>
    public static IReadOnlyList<GpuDevice> Devices
    {
        get
        {
            lock (Gate)
            {
                return devices ??= Find();
            }
        }
    }

    /// <summary>A device that can be used.</summary>
    /// <exception cref="DeviceException">There is none.</exception>
    public static GpuDevice Find(DeviceKind kind, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        GpuDevice[] ofKind = [.. Devices.Where(device => device.Info.Kind == kind)];
        return
            ofKind.Length == 0 ? throw GpuErrors.NoDevices(kind)
            : index >= ofKind.Length ? throw GpuErrors.NoSuchDevice(kind, index, Devices)
            : ofKind[index].Info.Unusable is not null ? throw GpuErrors.Unusable(ofKind[index].Info)
            : ofKind[index];
    }

    /// <summary>What is better than the processor, or null.</summary>
    public static GpuDevice? Best() => Devices.FirstOrDefault(device => device.Info is { IsProcessor: false, Unusable: null });

    private static List<GpuDevice> Find()
    {
        GpuLibraries.Register();
        return [.. CudaDevices.Find(), .. OpenClDevices.Find()];
    }
}
