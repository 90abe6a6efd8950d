using System;
using System.Collections.Generic;

namespace ModelGen.Gpu;

/// <summary>The norm of gradients, which stays on the device.</summary>
internal sealed class GpuNorm(GpuAccelerator accelerator) : IDisposable
{
    // As few groups as keep a device busy: what they leave is added up by one.
    private const int MostGroups = 256;
    private const int ValuesPerGroup = 4096;
    private GpuMemory? parts;

    /// <summary>Gets the kernels that <see cref="Clip"/> starts.</summary>
    public static IReadOnlyList<GpuKernel> Kernels { get; } = [GpuSquares.Kernel, GpuClip.Kernel];

    /// <summary>Starts kernels that leave the factor by which gradients are clipped. Whoever calls holds the gate.</summary>
    public void Clip(TrainedParameters trained, GpuMemory gradients, float largest, GpuTrainingStatus status)
    {
        int groups = Groups(trained);
        if (parts is null || parts.Length < groups)
        {
            parts?.Dispose();
            parts = null;
            parts = accelerator.Allocate(groups, "the norm of gradients");
        }

        int done = 0;
        for (int position = 0; trained.Next(ref position, null, out TrainedRange range);)
        {
            int count = GpuGrid.Checked(range.Count, "The norm of gradients");
            accelerator.Launch(
                GpuSquares.Kernel, Groups(count), 1, GpuGrid.Threads, new(gradients.Floats.At(range.Offset), count, parts.Floats.At(done)));
            done += Groups(count);
        }

        accelerator.Launch(GpuClip.Kernel, 1, 1, GpuGrid.Threads, new(parts.Floats, groups, largest, status));
    }

    public void Dispose() => parts?.Dispose();

    private static int Groups(TrainedParameters trained)
    {
        int groups = 0;
        for (int position = 0; trained.Next(ref position, null, out TrainedRange range);)
        {
            groups += Groups(range.Count);
        }

        return groups;
    }

    /// <summary>A function of the number of values only, and so is the order in which they are added up.</summary>
    private static int Groups(long count) => (int)Math.Clamp((count + ValuesPerGroup - 1) / ValuesPerGroup, 1, MostGroups);
}
