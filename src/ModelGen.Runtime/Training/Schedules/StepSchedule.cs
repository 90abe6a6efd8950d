using System;

namespace ModelGen;

/// <summary>Multiplies the learning rate by a factor every few epochs: <c>rate · gamma^⌊n / stepSize⌋</c>, n epochs from the beginning.</summary>
/// <remarks>As PyTorch's <c>StepLR</c>.</remarks>
public sealed class StepSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="StepSchedule"/> class.</summary>
    /// <param name="stepSize">After how many epochs, or steps, the rate is multiplied.</param>
    /// <param name="gamma">The factor.</param>
    public StepSchedule(int stepSize, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        (StepSize, Gamma) = (stepSize, gamma);
    }

    /// <summary>Gets after how many epochs, or steps, the rate is multiplied.</summary>
    public int StepSize { get; }

    /// <summary>Gets the factor.</summary>
    public double Gamma { get; }

    /// <summary>Gets whether epochs or steps are counted.</summary>
    public ScheduleUnit Unit { get; init; }

    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state) => (float)(state.BaseRate * Math.Pow(Gamma, state.Count(Unit) / StepSize));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{nameof(StepSchedule)}, {nameof(StepSize)} = {StepSize}, {nameof(Gamma)} = {Gamma}, {nameof(Unit)} = {Unit}");
}
