using System.Collections.Generic;

namespace ModelGen;

/// <summary>How the eager reading runs a model's methods.</summary>
public readonly record struct EagerMode
{
    /// <summary>Gets a value indicating whether everything is computed in <see langword="double"/>.</summary>
    public bool Double { get; init; }

    /// <summary>Gets a value indicating whether the methods run as in training: dropout drops, <see cref="Functional.Training"/> is true.</summary>
    public bool Training { get; init; }

    /// <summary>Gets the number of the training step, on which dropout's random numbers depend.</summary>
    public uint Step { get; init; }

    /// <summary>Gets the tensors to be used in place of parameters, by name.</summary>
    public IReadOnlyDictionary<string, Tensor>? Overrides { get; init; }
}
