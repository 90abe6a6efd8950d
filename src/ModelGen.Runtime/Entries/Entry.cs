using System.Collections.Immutable;
using ModelGen.Gpu;

namespace ModelGen.Entries;

/// <summary>The code of an entry: reads the frame's inputs, writes its outputs.</summary>
/// <param name="frame">The workspace of this call.</param>
public delegate void EntryCode(Frame frame);

/// <summary>What an entry is for.</summary>
public enum EntryKind
{
    /// <summary>A <c>[Forward]</c> method.</summary>
    Forward,

    /// <summary>A <c>[Loss]</c> method.</summary>
    Loss,

    /// <summary>A <c>[Metric]</c> method: one number.</summary>
    Metric,
}

/// <summary>One of the user's methods, compiled: what it takes, what it gives and its code.</summary>
public class Entry
{
    /// <summary>Gets the method's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets what the entry is for.</summary>
    public required EntryKind Kind { get; init; }

    /// <summary>Gets the open dimensions, in the order in which a call gives their sizes.</summary>
    public required ImmutableArray<string> Dimensions { get; init; }

    /// <summary>Gets what the entry takes.</summary>
    public required ImmutableArray<TensorDescription> Inputs { get; init; }

    /// <summary>Gets what the entry gives.</summary>
    public required ImmutableArray<TensorDescription> Outputs { get; init; }

    /// <summary>Gets the code without training: no dropout, no gradients.</summary>
    public required EntryCode Run { get; init; }

    /// <summary>Gets the same code for devices, or null where there is none.</summary>
    public GpuEntryCode? RunOnGpu { get; init; }

    /// <summary>Gets which of the model's states the entry continues from: they are its last inputs and its last outputs, in this order.</summary>
    public ImmutableArray<int> States { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
