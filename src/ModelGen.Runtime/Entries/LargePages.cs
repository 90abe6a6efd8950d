using System;
using System.Runtime.InteropServices;

namespace ModelGen.Entries;

/// <summary>Asks the system for pages of 2 MB where memory is large.</summary>
/// <remarks>
/// A processor remembers where a few thousand pages lie. Of 4 KB each that are some ten megabytes, less than the arrays of a step, and every further access to memory first looks its
/// page up in tables that lie in memory themselves. Linux gives larger pages to whoever asks (its setting <c>madvise</c>, which is common) or to all (<c>always</c>).
/// Source: madvise(2), MADV_HUGEPAGE.
/// </remarks>
internal static unsafe partial class LargePages
{
    private const nint Size = 2 << 20;
    private const int HugePage = 14;

    private static bool canAsk = OperatingSystem.IsLinux();

    /// <summary>Asks for the pages that lie wholly within some memory, best before it is used. Where there are none to be had, nothing changes.</summary>
    /// <param name="start">Where the memory begins.</param>
    /// <param name="bytes">Its length.</param>
    public static void Ask(void* start, long bytes)
    {
        nint first = ((nint)start + Size - 1) & ~(Size - 1), end = (nint)((long)start + bytes) & ~(Size - 1);
        if (!canAsk || first >= end)
        {
            return;
        }

        try
        {
            _ = Advise((void*)first, (nuint)(end - first), HugePage); // the system may refuse: the memory is as good as before
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            canAsk = false;
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
