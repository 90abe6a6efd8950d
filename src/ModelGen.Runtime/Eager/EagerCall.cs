using System.ComponentModel;

namespace ModelGen;

/// <summary>One call of a method in the eager reading, from <c>Enter</c> to its disposal.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct EagerCall
{
    private readonly EagerContext? outer;

    internal EagerCall(EagerContext context)
    {
        outer = EagerContext.Current;
        EagerContext.Current = context;
    }

    /// <summary>Ends the call; the one around it continues.</summary>
    public void Dispose() => EagerContext.Current = outer;
}
