using System;
using System.Threading;
using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>A device that was found.</summary>
internal sealed class GpuDevice(DeviceInfo info, Func<Context, GpuDriver> open)
{
    private readonly Lock gate = new();
    private GpuAccelerator? accelerator;

    /// <summary>Gets what the driver tells of it.</summary>
    public DeviceInfo Info { get; } = info;

    /// <summary>The device, opened at the first call.</summary>
    public GpuAccelerator Open()
    {
        lock (gate)
        {
            return accelerator ??= Open(isShared: true);
        }
    }

    /// <summary>Opens the device once more, with memory and kernels of its own: for tests that break it.</summary>
    public GpuAccelerator OpenAnother() => Open(isShared: false);

    /// <summary>A compiler of its own for every device.</summary>
    public static Context NewContext() => Context.Create(builder =>
    {
        builder.Optimize(OptimizationLevel.O2);
        GpuIntrinsics.Register(builder);
    });

    private GpuAccelerator Open(bool isShared)
    {
        try
        {
            GpuDriver driver = open(NewContext());
            var capabilities = new GpuCapabilities(Info.Multiprocessors, Info.Kind == DeviceKind.Cuda ? driver.Accelerator.WarpSize : 0, Info.LocalMemory)
            {
                HasOwnLocalMemory = driver.HasOwnLocalMemory,
            };
            return new GpuAccelerator(driver, Info.Name, Info.Kind, capabilities) { IsShared = isShared };
        }
        catch (AcceleratorException error)
        {
            throw new DeviceException(
                $"{Info.Name} was found, but cannot be opened: {error.Message} Another program may hold it, or its driver needs an update.", error);
        }
    }
}
