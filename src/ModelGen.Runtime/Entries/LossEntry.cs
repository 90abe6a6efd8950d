using System;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Gpu;

namespace ModelGen.Entries;

/// <summary>A <c>[Loss]</c> method, compiled.</summary>
/// <remarks>
/// <see cref="Entry.Run"/> evaluates: output 0 is the loss, one number; output 1, only where the loss classifies, the scores.
/// </remarks>
public sealed class LossEntry : Entry
{
    /// <summary>Gets the code of a training step up to the gradients.</summary>
    /// <remarks>Output 0 is the loss, one number; the gradient of every trained parameter is written to <see cref="Frame.Gradients"/>.</remarks>
    public required EntryCode Train { get; init; }

    /// <summary>Gets the code of a training step for devices, or null where there is none.</summary>
    public GpuEntryCode? TrainOnGpu { get; init; }

    /// <summary>Gets how the loss classifies, or null where it does not.</summary>
    public Classification? Classification { get; init; }

    /// <summary>Gets the beginning of the names of the parameters that the loss trains, whole parts of them up to a dot, or null where it trains all.</summary>
    public string? Trains { get; init; }

    /// <summary>Gets the names of the parameters that the loss trains, where these are not all that <see cref="Trains"/> allows: a loss
    /// leaves alone what it does not depend on.</summary>
    public ImmutableArray<string> Trained { get; init; }

    /// <summary>Gets the names of the metric entries that are evaluated along with this loss.</summary>
    public ImmutableArray<string> Metrics { get; init; } = [];

    /// <summary>Says whether the loss updates a parameter: one whose name is <see cref="Trains"/> or begins with it and a dot, and on which the loss depends.</summary>
    /// <param name="parameter">The parameter's name, such as <c>Generator.Fc1.weight</c>; in repeated modules one repetition's, <c>Blocks.0.weight</c>, or that
    /// of all, <c>Blocks.*.weight</c>.</param>
    /// <returns>Whether the parameter is updated.</returns>
    public bool TrainsParameter(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return Trained.IsDefault ? Trains is null || ParameterNames.Begins(parameter, Trains) : Trained.Any(trained => ParameterNames.IsOneOf(parameter, trained));
    }
}

/// <summary>How a loss classifies.</summary>
/// <param name="LabelInput">The input that holds the labels: class indices, or 0 and 1 as floats where <paramref name="Binary"/>.</param>
/// <param name="ScoresOutput">The output of <see cref="Entry.Run"/> that holds the scores, classes last; logits where
/// <paramref name="Binary"/>.</param>
/// <param name="Binary">Whether every score decides between two classes by its sign.</param>
public sealed record Classification(int LabelInput, int ScoresOutput, bool Binary)
{
    /// <summary>Gets the label that counts nowhere, or null where all count.</summary>
    public int? Ignored { get; init; }
}
