using System;

namespace ModelGen;

/// <summary>What an optimizer remembers of a model: how often each parameter was updated and, where the model's execution has its memory, the
/// slots of its rule, each as long as the parameters.</summary>
internal abstract class OptimizerState(int parameters) : IDisposable
{
    /// <summary>Gets the number of updates of each parameter of the description: losses that train different parameters may share an
    /// optimizer.</summary>
    public long[] Steps { get; } = new long[parameters];

    public abstract void Dispose();
}
