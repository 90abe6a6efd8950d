using System;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Devices;

/// <summary>Devices as users name them.</summary>
public class DeviceTests(ITestOutputHelper output)
{
    [Fact]
    public void TheProcessorIsTheFirstOfTheList()
    {
        foreach (DeviceInfo device in Device.List())
        {
            output.WriteLine(device.ToString());
        }

        DeviceInfo processor = Device.List()[0];
        Assert.Equal(DeviceKind.Cpu, processor.Kind);
        Assert.Equal(Environment.ProcessorCount, processor.Multiprocessors);
        Assert.True(processor.Memory > 0);
    }

    [Fact]
    public void EqualDevicesAreTheSameObject()
    {
        Assert.Same(Device.Cpu, Device.CpuWith(Environment.ProcessorCount));
        Assert.Same(Device.CpuWith(3), Device.CpuWith(3));
        Assert.NotSame(Device.CpuWith(3), Device.CpuWith(2));
        Assert.Equal("cpu, 3 threads", Device.CpuWith(3).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.CpuWith(0));
    }

    [OpenClFact]
    public void AnOpenClDeviceTellsItsNameAndKind()
    {
        DeviceInfo info = Device.List().First(other => other is { Kind: DeviceKind.OpenCl, Unusable: null });
        Device device = Device.OpenCl(info.Index);
        Assert.Same(device, Device.OpenCl(info.Index));
        Assert.Equal(DeviceKind.OpenCl, device.Kind);
        Assert.Equal($"opencl {info.Index}, {info.Name}", device.ToString());
        Assert.True(info.Memory > 0 && info.Multiprocessors > 0 && info.LocalMemory > 0);
    }

    [OpenClFact]
    public void AnIndexTooFarListsWhatThereIs()
    {
        DeviceException error = Assert.Throws<DeviceException>(() => Device.OpenCl(99));
        Assert.StartsWith("There is no device opencl 99. There are: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(Device.List()[^1].Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutADeviceItIsSaidWhatToInstall()
    {
        if (Device.List().All(device => device.Kind != DeviceKind.Cuda))
        {
            Assert.Contains("Install", Assert.Throws<DeviceException>(() => Device.Cuda()).Message, StringComparison.Ordinal);
        }

        if (Device.List().All(device => device.Kind != DeviceKind.OpenCl))
        {
            Assert.Contains("Device.Cpu", Assert.Throws<DeviceException>(() => Device.OpenCl()).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Device.OpenCl(-1));
    }

    [Fact]
    public void WhatAnOpenClDriverOffersOfTheProcessorIsNeverTheBest()
    {
        bool hasBetter = Device.List().Any(device => device is { IsProcessor: false, Unusable: null });
        Assert.Equal(hasBetter, Device.Best() != Device.Cpu);
    }

    [Fact]
    public void WhatADeviceCanDoIsOnlyRead()
    {
        Assert.Empty(typeof(DeviceInfo).GetConstructors());
        Assert.All(typeof(DeviceInfo).GetProperties(), property => Assert.Null(property.GetSetMethod()));
    }

    [Fact]
    public void ADeviceThatCannotBeUsedSaysWhy()
    {
        var info = new DeviceInfo { Kind = DeviceKind.OpenCl, Index = 1, Name = "Old One", Memory = 1L << 30, Multiprocessors = 4, Unusable = "it lacks generic address space" };
        Assert.Equal("opencl 1: Old One, 1 GiB, 4 multiprocessors (cannot be used: it lacks generic address space)", info.ToString());
        Assert.Equal("Old One (opencl 1) cannot be used: it lacks generic address space.", GpuErrors.Unusable(info).Message);
    }
}
