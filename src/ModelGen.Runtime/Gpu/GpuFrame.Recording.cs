using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ModelGen.Gpu;

/// <content>Listing a call's kernels instead of starting them.</content>
public sealed partial class GpuFrame
{
    private const int MostKnown = 1024;

    // Calls whose kernels have been listed, by a hash: a kernel that is missed because two are alike is compiled when it is started.
    private readonly HashSet<int> known = [];
    private List<GpuKernel>? recorded;

    /// <summary>Gets a value indicating whether kernels are listed only. There is no memory then: all buffers are empty.</summary>
    internal bool IsRecording => recorded is not null;

    /// <summary>Lists the kernels of a call.</summary>
    /// <returns>The kernels in the order in which they are started.</returns>
    internal IReadOnlyList<GpuKernel> Record(GpuEntryCode code)
    {
        var kernels = new List<GpuKernel>();
        recorded = kernels;
        try
        {
            code(this);
        }
        finally
        {
            recorded = null;
        }

        return kernels;
    }

    /// <summary>Lists the kernels of code that belongs to no entry.</summary>
    /// <returns>The kernels in the order in which they are started.</returns>
    internal IReadOnlyList<GpuKernel> Record(GpuEntryCode code, ReadOnlySpan<int> sizes)
    {
        sizes.CopyTo(dimensions);
        return Record(code);
    }

    private bool IsNew(GpuEntryCode code)
    {
        var hash = default(HashCode);

        // By identity: delegates of one type hash alike, whatever they call.
        hash.Add(RuntimeHelpers.GetHashCode(code));
        foreach (int size in Dimensions)
        {
            hash.Add(size);
        }

        if (known.Count >= MostKnown)
        {
            known.Clear();
        }

        return known.Add(hash.ToHashCode());
    }
}
