using System;

namespace ModelGen.Gpu;

/// <summary>Host memory that values wait in while the device has not copied them yet.</summary>
/// <remarks>
/// A caller's memory may be overwritten as soon as a call returns, but the device copies later. Copies of the values are therefore handed to it,
/// one after another in one piece of memory; once that is full, or whenever the host waits anyway, it begins anew. CUDA copies from page-locked
/// memory while the processor goes on; OpenCL has no portable way to ask for such memory, there a driver copies once more where it must.
/// </remarks>
internal sealed class GpuStaging
{
    private const int Bytes = 8 << 20;
    private const int Alignment = 64;
    private IGpuStagingMemory? memory;
    private int used;

    /// <summary>Gets the most bytes that may wait at once; who has more copies directly and waits.</summary>
    public static int Most => Bytes / 4;

    /// <summary>Whether so many bytes still fit.</summary>
    public bool Fits(int bytes) => used + bytes <= Bytes;

    /// <summary>Copies values into memory that stays as it is until the host has waited.</summary>
    public unsafe nint Copy(GpuDriver driver, ReadOnlySpan<byte> values)
    {
        memory ??= driver.Stage(Bytes);
        nint place = memory.Start + used;
        values.CopyTo(new Span<byte>((void*)place, values.Length));
        used = (used + values.Length + Alignment - 1) & ~(Alignment - 1);
        return place;
    }

    /// <summary>The host has waited: nothing is needed any more.</summary>
    public void Reset() => used = 0;
}
