using System;

namespace ModelGen;

/// <summary>Up to three numbers for every number of a model's parameters, where the model's execution has its memory; zeros at first.</summary>
internal abstract class SlotMemory : IDisposable
{
    /// <summary>The most slots.</summary>
    public const int Most = 3;

    public abstract void Dispose();
}
