using System;
using System.Threading;

namespace ModelGen.Entries;

/// <summary>Sees to it that one call at a time changes a model's parameters.</summary>
internal sealed class ChangeGuard(string model)
{
    private const int Nobody = 0;
    private int owner;

    /// <summary>Claims the parameters.</summary>
    /// <exception cref="InvalidOperationException">Another call has them.</exception>
    public ChangeScope Begin()
    {
        if (Interlocked.CompareExchange(ref owner, Environment.CurrentManagedThreadId, Nobody) != Nobody)
        {
            throw new InvalidOperationException(
                $"{model} is being trained, loaded or saved by another call. Only one of them may run at a time; inference may run beside them.");
        }

        return new ChangeScope(this);
    }

    /// <summary>Claims the parameters, unless it is the same thread's call that has them: a model may be saved while it reports
    /// progress.</summary>
    public ChangeScope BeginOrJoin() => owner == Environment.CurrentManagedThreadId ? default : Begin();

    internal void End() => Volatile.Write(ref owner, Nobody);
}

/// <summary>The claim to a model's parameters, given up at the scope's end.</summary>
/// <param name="guard">Whom to give it up to.</param>
internal readonly struct ChangeScope(ChangeGuard guard) : IDisposable
{
    public void Dispose() => guard?.End();
}
