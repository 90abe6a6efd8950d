using System;
using System.Diagnostics.CodeAnalysis;

namespace ModelGen.Gpu;

/// <summary>Whether a program can use devices at all.</summary>
public static class GpuSupport
{
    /// <summary>Gets a value indicating whether kernels for devices can be compiled: false in programs published with NativeAOT, which then hold nothing of them.</summary>
    [FeatureSwitchDefinition("ModelGen.Gpu.IsSupported")]
    public static bool IsSupported => !AppContext.TryGetSwitch("ModelGen.Gpu.IsSupported", out bool isSupported) || isSupported;
}
