using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using ModelGen.Gpu;

namespace ModelGen;

/// <content>Devices with drivers.</content>
public sealed partial class Device
{
    private static readonly ConditionalWeakTable<GpuAccelerator, Device> Opened = [];

    private Device(GpuAccelerator accelerator, DeviceInfo info)
        : this(info.Kind, string.Create(CultureInfo.InvariantCulture, $"{DeviceInfo.Words(info.Kind, info.Index)}, {info.Name}"), Environment.ProcessorCount) =>
        Accelerator = accelerator;

    /// <summary>Gets the opened device, or null for the processor.</summary>
    internal GpuAccelerator? Accelerator { get; }

    /// <summary>All devices of this machine, those that cannot be used included: see <see cref="DeviceInfo.Unusable"/>.</summary>
    /// <returns>The processor first, then CUDA's devices, then OpenCL's. A device with both drivers is there twice.</returns>
    public static IReadOnlyList<DeviceInfo> List() =>
        GpuSupport.IsSupported ? [Processor(), .. GpuPlatform.Devices.Select(device => device.Info)] : [Processor()];

    /// <summary>A graphics processor of NVIDIA's. It needs NVIDIA's driver and nothing else.</summary>
    /// <param name="index">Its number among those of this machine.</param>
    /// <returns>The device, opened.</returns>
    /// <exception cref="DeviceException">There is no driver, no such device, or it cannot be used.</exception>
    public static Device Cuda(int index = 0) => GpuSupport.IsSupported ? Of(GpuPlatform.Find(DeviceKind.Cuda, index)) : throw NotSupported();

    /// <summary>A device with an OpenCL driver.</summary>
    /// <param name="index">Its number among those of this machine, over all drivers.</param>
    /// <returns>The device, opened.</returns>
    /// <exception cref="DeviceException">There is no driver, no such device, or it cannot be used.</exception>
    public static Device OpenCl(int index = 0) => GpuSupport.IsSupported ? Of(GpuPlatform.Find(DeviceKind.OpenCl, index)) : throw NotSupported();

    /// <summary>The first CUDA device that can be used; else the first such OpenCL device that is no processor; else the processor.</summary>
    /// <remarks>
    /// A processor that an OpenCL driver offers is never the best: <see cref="Cpu"/> is faster. Of several devices the first is taken, not the
    /// fastest. For small models the processor can be faster than any device; measure.
    /// </remarks>
    /// <returns>The device, opened.</returns>
    public static Device Best() => GpuSupport.IsSupported && GpuPlatform.Best() is GpuDevice best ? Of(best) : Cpu;

    /// <summary>The one device of an opened one; for tests that open their own.</summary>
    internal static Device Of(GpuAccelerator accelerator, DeviceInfo info) =>
        Opened.GetValue(accelerator, opened => new Device(opened, info));

    private static Device Of(GpuDevice device) => Of(device.Open(), device.Info);

    private static DeviceInfo Processor() => new()
    {
        Kind = DeviceKind.Cpu,
        Name = "processor",
        IsProcessor = true,
        Memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        Multiprocessors = Environment.ProcessorCount,
        Float64 = true,
        Float16 = true,
    };

    private static DeviceException NotSupported() => new(
        "This program was built without devices (the switch ModelGen.Gpu.IsSupported is off, as in all programs that are compiled ahead of "
        + "time): use Device.Cpu, or publish without PublishAot.");
}
