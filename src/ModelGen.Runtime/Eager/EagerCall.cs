using System;
using System.ComponentModel;

namespace ModelGen;

/// <summary>One call of a method in the eager reading, from <c>Enter</c> to its disposal.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct EagerCall
{
    private readonly EagerContext? outer;
    private readonly EagerContext context;

    internal EagerCall(EagerContext context)
    {
        outer = EagerContext.Current;
        this.context = context;
        EagerContext.Current = context;
    }

    /// <summary>Says that the call uses a state: it begins with what the caller's state holds, or with zeros.</summary>
    /// <param name="name">The name of the <see cref="StateAttribute"/> property.</param>
    /// <param name="shape">The state's shape in this call.</param>
    /// <exception cref="ArgumentException">The caller's state has another shape.</exception>
    public void State(string name, params ReadOnlySpan<int> shape) => context.States.Begin(name, shape);

    /// <summary>Writes what the method has left in the states to the caller's.</summary>
    /// <typeparam name="T">What the method returns.</typeparam>
    /// <param name="result">What the method has returned.</param>
    /// <returns>The same.</returns>
    public T Keep<T>(T result)
    {
        context.States.Keep();
        return result;
    }

    /// <summary>Ends the call; the one around it continues.</summary>
    public void Dispose()
    {
        context?.States.End();
        EagerContext.Current = outer;
    }
}
