using System;
using System.Collections.Generic;

namespace ModelGen.Gpu;

/// <summary>Lists the kernels of entries without any device.</summary>
internal static class GpuRecorder
{
    /// <summary>The kernels that a call would start.</summary>
    /// <param name="code">The entry's code.</param>
    /// <param name="sizes">The sizes of the entry's open dimensions.</param>
    /// <returns>The kernels in the order in which they are started: as often as they are started.</returns>
    public static IReadOnlyList<GpuKernel> Record(GpuEntryCode code, params ReadOnlySpan<int> sizes) => Record(GpuCapabilities.Cuda, code, sizes);

    /// <summary>The kernels that a call would start on a device of certain abilities.</summary>
    /// <param name="capabilities">What the device can do.</param>
    /// <param name="code">The entry's code.</param>
    /// <param name="sizes">The sizes of the entry's open dimensions.</param>
    /// <returns>The kernels in the order in which they are started: as often as they are started.</returns>
    public static IReadOnlyList<GpuKernel> Record(GpuCapabilities capabilities, GpuEntryCode code, params ReadOnlySpan<int> sizes) =>
        new GpuFrame(null, capabilities).Record(code, sizes);
}
