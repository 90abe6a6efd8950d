using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModelGen.Gpu;

/// <summary>Whether this program can use devices with CUDA or OpenCL drivers at all.</summary>
public static class GpuSupport
{
    /// <summary>
    /// Gets a value indicating whether kernels for devices can be compiled. They cannot in programs that are compiled ahead of time: there the
    /// switch <c>ModelGen.Gpu.IsSupported</c> is off, and publishing leaves out all that depends on it.
    /// </summary>
    [FeatureSwitchDefinition("ModelGen.Gpu.IsSupported")]
    public static bool IsSupported { get; } =
        AppContext.TryGetSwitch("ModelGen.Gpu.IsSupported", out bool isOn) ? isOn : RuntimeFeature.IsDynamicCodeSupported;
}
