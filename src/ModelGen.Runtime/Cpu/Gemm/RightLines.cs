using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Cpu;

/// <summary>The steps of the right factor that a tile multiplies, and the memory that the second-level cache is asked for meanwhile: a little at every step.</summary>
/// <remarks>
/// Asked for at once, before the tile, it would take all the buffers that wait for memory, and the tile's own loads would have to wait for one.
/// Tiles of a single vector do not ask: their loads keep the core busy as it is, and behind a last panel mostly nothing is to come.
/// </remarks>
internal readonly unsafe struct RightLines
{
    /// <summary>Steps of which each lies side by side.</summary>
    /// <param name="first">Step 0.</param>
    /// <param name="stride">The distance between steps.</param>
    internal RightLines(float* first, nint stride)
        : this(first, stride, first, 0)
    {
    }

    /// <summary>Steps, and what is needed soon.</summary>
    /// <param name="first">Step 0.</param>
    /// <param name="stride">The distance between steps.</param>
    /// <param name="ahead">The memory that is needed soon; it may be any address.</param>
    /// <param name="aheadStride">How far each step goes in it. A step asks for one cache line: of more, the rest comes when it is loaded.</param>
    internal RightLines(float* first, nint stride, float* ahead, nint aheadStride)
    {
        First = first;
        Ahead = ahead;
        (Stride, AheadStride) = (stride, aheadStride);
    }

    internal float* First { get; }

    internal nint Stride { get; }

    internal float* Ahead { get; }

    internal nint AheadStride { get; }

    /// <summary>Asks for a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Ask(float* ahead)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(ahead);
        }
    }
}
