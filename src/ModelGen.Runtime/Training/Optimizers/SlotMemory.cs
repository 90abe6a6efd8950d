using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Up to three numbers for every number of a model's parameters, where the model's execution has its memory; zeros at first.</summary>
internal abstract class SlotMemory : IDisposable
{
    /// <summary>The most slots.</summary>
    public const int Most = 3;

    /// <summary>Gets the number of slots that have been used so far.</summary>
    public abstract int Count { get; }

    /// <summary>A used slot's values as they are now, in the host's memory: to be read before the next call, and not to be changed.</summary>
    public abstract AlignedBuffer Read(int slot);

    /// <summary>Replaces all slots; those that are not given become zeros.</summary>
    public abstract void Replace(ReadOnlySpan<AlignedBuffer> values);

    public abstract void Dispose();
}
