using System;
using ILGPU.Runtime.OpenCL;
using ModelGen.Entries;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Devices;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>The memory of a state on a device.</summary>
public sealed class GpuStateTests
{
    private readonly GpuAccelerator accelerator = OwnDevice.Open().Accelerator!;

    [OpenClFact]
    public void ValuesComeAndGoWhereTheyAreWanted()
    {
        GpuState state = new(accelerator, 3);
        Span<float> values = Values(state);
        Assert.Equal([0f, 0f, 0f], values);
        values[1] = 2f;
        float[] read = new float[3];
        state.ToRead().Download(read);
        Assert.Equal([0f, 2f, 0f], read);
        values[2] = 5f; // as after a call that fails: the next one takes what is there then
        state.ToRead().Download(read);
        Assert.Equal([0f, 2f, 5f], read);
        state.ToOverwrite().Upload([7f, 8f, 9f]);
        Assert.Equal([7f, 8f, 9f], Values(state));
        state.Clear();
        Assert.Equal([0f, 0f, 0f], Values(state));
        state.ToRead().Download(read);
        Assert.Equal([0f, 0f, 0f], read);
    }

    [OpenClFact]
    public void ACopyIsMadeWhereTheValuesAre()
    {
        GpuState state = new(accelerator, 2);
        state.ToOverwrite().Upload([7f, 8f]);
        GpuState onDevice = (GpuState)state.Another(), onHost = (GpuState)state.Another();
        long before = accelerator.Transfers;
        state.CopyTo(onDevice);
        Assert.Equal(before, accelerator.Transfers);
        Values(state)[0] = 1f;
        state.CopyTo(onHost);
        Values(state)[1] = 2f;
        Assert.Equal([7f, 8f], Values(onDevice));
        Assert.Equal([1f, 8f], Values(onHost));
        float[] read = new float[2];
        state.ToRead().Download(read);
        Assert.Equal([1f, 2f], read);
    }

    /// <summary>What the host has is an earlier call's; where it has the values, they can still be read.</summary>
    [OpenClFact]
    public void ValuesOfALostDeviceAreNotTakenForOthers()
    {
        GpuState onDevice = new(accelerator, 2), onHost = new(accelerator, 2);
        onDevice.ToOverwrite().Upload([7f, 8f]);
        Values(onHost)[0] = 3f;
        accelerator.Fault = static _ => throw new CLException(CLError.CL_DEVICE_NOT_AVAILABLE);
        Assert.Throws<DeviceLostException>(() => onDevice.Share());
        Assert.Throws<DeviceLostException>(() => onDevice.Share());
        Assert.Equal([3f, 0f], Values(onHost));
    }

    private static Span<float> Values(GpuState state)
    {
        AlignedBuffer memory = state.Share();
        return memory.Span(0, (int)memory.Length);
    }
}
