using System;
using System.Threading;

namespace ModelGen.Models.Tests.OnDevice;

/// <summary>The device that a test makes its models for: the processor, unless <see cref="OnOpenClTests"/> runs the test.</summary>
internal static class TestDevice
{
    private static readonly AsyncLocal<Device?> Chosen = new();

    public static Device Current => Chosen.Value ?? Device.Cpu;

    public static void Run(Device device, Action test)
    {
        Chosen.Value = device;
        try
        {
            test();
        }
        finally
        {
            Chosen.Value = null;
        }
    }
}

/// <summary>A class whose tests hold on every device.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OnEveryDeviceAttribute : Attribute;

/// <summary>A test of such a class that is about the processor only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnProcessorAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
