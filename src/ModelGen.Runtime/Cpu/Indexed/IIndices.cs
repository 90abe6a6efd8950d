using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Indices as they lie in memory.</summary>
internal interface IIndices
{
    /// <summary>Gets the index at a place.</summary>
    nint this[nint place] { get; }
}

/// <summary>Indices that the caller gave.</summary>
internal readonly struct IntIndices(Buffer<int> values) : IIndices
{
    public nint this[nint place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => values[place];
    }
}

/// <summary>Indices that a kernel has brought into one piece, as numbers.</summary>
internal readonly struct FloatIndices(Buffer<float> values) : IIndices
{
    public nint this[nint place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (nint)values[place];
    }
}
