using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Tests of kernels on an OpenCL device; each says which one it used.</summary>
public abstract class GpuTests(ITestOutputHelper output)
{
    /// <summary>The opened device.</summary>
    private protected GpuAccelerator Open()
    {
        Device device = OpenClDevice.Device;
        output.WriteLine($"device: {device}");
        Assert.NotNull(device.Accelerator);
        return device.Accelerator;
    }
}
