using System;

namespace ModelGen;

/// <summary>Averages parameters over training (Polyak and Juditsky 1992), which often generalise better: after every update
/// <c>a = decay · a + (1 − decay) · p</c>, beginning with the parameters before the first.</summary>
/// <remarks>
/// It holds settings only. The average belongs to the model that is trained, beside its parameters: training itself takes the same course to the last bit,
/// and a model that is given the same averaging again continues it. It covers the parameters that the loss trains. Validation, and early stopping with it,
/// see the average; <see cref="Model.UseAverage"/> shows it to everybody else.
/// </remarks>
public sealed class ExponentialMovingAverage
{
    /// <summary>Initializes a new instance of the <see cref="ExponentialMovingAverage"/> class.</summary>
    /// <param name="decay">How much of the average is kept in each step, from 0 to 1. Roughly the last <c>1 / (1 − decay)</c> steps count.</param>
    public ExponentialMovingAverage(float decay = 0.999f)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1f);
        Decay = decay;
    }

    /// <summary>Gets how much of the average is kept in each step.</summary>
    public float Decay { get; }

    /// <summary>Gets a value indicating whether the model ends with the average in place of its parameters, where training ends by itself.</summary>
    /// <remarks>Where it is to be continued as if it had not been interrupted, it must not.</remarks>
    public bool UseAtEnd { get; init; } = true;

    /// <summary>Gets all settings as text.</summary>
    internal string Settings => FormattableString.Invariant($"{nameof(Decay)} = {Decay}, {nameof(UseAtEnd)} = {UseAtEnd}");
}
