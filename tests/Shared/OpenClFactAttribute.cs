using System;
using System.Linq;
using Xunit;
using Xunit.Sdk;

namespace ModelGen.TestDevices;

/// <summary>A test that needs an OpenCL device: skipped where there is none, unless <c>MODELGEN_REQUIRE_OPENCL=1</c> makes that a failure.</summary>
[TraitDiscoverer("Xunit.Sdk.TraitDiscoverer", "xunit.core")]
public sealed class OpenClFactAttribute : FactAttribute, ITraitAttribute
{
    /// <summary>Initializes a new instance of the <see cref="OpenClFactAttribute"/> class.</summary>
    /// <param name="trait">By what such tests are chosen: <c>--filter Device=OpenCl</c>.</param>
    /// <param name="value">The trait's value.</param>
    public OpenClFactAttribute(string trait = "Device", string value = "OpenCl") => (Trait, Value, Skip) = (trait, value, OpenClDevice.WhySkipped);

    /// <summary>Gets the name of the trait.</summary>
    public string Trait { get; }

    /// <summary>Gets the trait's value.</summary>
    public string Value { get; }
}

/// <summary>Rows of tests that need an OpenCL device, like <see cref="OpenClFactAttribute"/>.</summary>
[TraitDiscoverer("Xunit.Sdk.TraitDiscoverer", "xunit.core")]
public sealed class OpenClTheoryAttribute : TheoryAttribute, ITraitAttribute
{
    /// <summary>Initializes a new instance of the <see cref="OpenClTheoryAttribute"/> class.</summary>
    /// <param name="trait">By what such tests are chosen: <c>--filter Device=OpenCl</c>.</param>
    /// <param name="value">The trait's value.</param>
    public OpenClTheoryAttribute(string trait = "Device", string value = "OpenCl") => (Trait, Value, Skip) = (trait, value, OpenClDevice.WhySkipped);

    /// <summary>Gets the name of the trait.</summary>
    public string Trait { get; }

    /// <summary>Gets the trait's value.</summary>
    public string Value { get; }
}

/// <summary>The OpenCL device that tests use: the first that can be used.</summary>
internal static class OpenClDevice
{
    private static readonly Lazy<DeviceInfo?> First =
        new(() => Device.List().FirstOrDefault(device => device.Kind == Kind && device.Unusable is null));

    /// <summary>Gets the kind: <c>MODELGEN_TEST_DEVICE=cuda</c> runs the same tests on a CUDA device.</summary>
    private static DeviceKind Kind => Environment.GetEnvironmentVariable("MODELGEN_TEST_DEVICE") == "cuda" ? DeviceKind.Cuda : DeviceKind.OpenCl;

    /// <summary>Gets why tests are skipped, or null where they run: also to fail where a device is required.</summary>
    public static string? WhySkipped => First.Value is not null || IsRequired ? null : $"There is no OpenCL device here{Unusable()}.";

    /// <summary>Gets the device. A test says which by writing it to its output.</summary>
    public static Device Device => First.Value is DeviceInfo device
        ? Kind == DeviceKind.Cuda ? Device.Cuda(device.Index) : Device.OpenCl(device.Index)
        : throw new InvalidOperationException($"MODELGEN_REQUIRE_OPENCL=1 asks for an OpenCL device, but there is none{Unusable()}.");

    private static bool IsRequired => Environment.GetEnvironmentVariable("MODELGEN_REQUIRE_OPENCL") == "1";

    private static string Unusable()
    {
        string[] unusable = [.. Device.List().Where(device => device.Unusable is not null).Select(device => device.ToString())];
        return unusable.Length == 0 ? string.Empty : $" that can be used ({string.Join("; ", unusable)})";
    }
}
