using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>
/// Whether <see cref="ISimd{V}.Write"/> stores past the caches. A store that goes through them first loads the line that it replaces, and drives out
/// what others need: for outputs larger than the caches half of all traffic would be in vain.
/// </summary>
/// <remarks>
/// Such stores may be seen late by other threads: every thread ends its part of a launch with <see cref="Settle"/>.
/// <para>
/// Launches that run at the same time share this. Whichever sets it last decides for both: that costs time, never a result.
/// </para>
/// </remarks>
internal static class Bypass
{
    // About as much as a processor's last cache holds for one of its groups of cores.
    private const long LeastElements = (32 << 20) / sizeof(float);

    /// <summary>Gets a value indicating whether stores go past the caches.</summary>
    internal static bool IsOn { get; private set; }

    /// <summary>Decides it for the launch that follows.</summary>
    /// <param name="elements">About how many elements an output has.</param>
    internal static void Choose(long elements)
    {
        bool chosen = elements >= LeastElements;
        if (IsOn != chosen)
        {
            IsOn = chosen;
        }
    }

    /// <summary>Waits until other threads would see what this one has stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Settle()
    {
        if (Sse.IsSupported)
        {
            Sse.StoreFence();
        }
    }
}
