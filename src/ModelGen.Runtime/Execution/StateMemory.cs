using ModelGen.Entries;

namespace ModelGen;

/// <summary>The values of one state, where the model's numbers lie.</summary>
internal abstract class StateMemory
{
    /// <summary>Gets the place of the values in the host's memory, whether or not they are there at the moment.</summary>
    public abstract AlignedBuffer Place { get; }

    /// <summary>The values as they are now, in <see cref="Place"/>, for somebody who may change them until the next call.</summary>
    public abstract AlignedBuffer Share();

    /// <summary>Makes all values zero.</summary>
    public abstract void Clear();

    /// <summary>Copies all values to <see cref="Another"/> memory.</summary>
    public abstract void CopyTo(StateMemory destination);

    /// <summary>Memory of the same length at the same place, with zeros.</summary>
    public abstract StateMemory Another();
}

/// <summary>A state in the host's memory.</summary>
internal sealed class HostState(long length) : StateMemory
{
    public override AlignedBuffer Place { get; } = new(length);

    public override AlignedBuffer Share() => Place;

    public override void Clear() => Place.Span(0, checked((int)Place.Length)).Clear();

    public override void CopyTo(StateMemory destination) => Place.CopyTo(destination.Place);

    public override StateMemory Another() => new HostState(Place.Length);
}
