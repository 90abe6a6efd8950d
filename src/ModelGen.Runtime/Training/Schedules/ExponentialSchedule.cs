using System;

namespace ModelGen;

/// <summary>Multiplies the learning rate by a factor after every epoch: <c>rate · gammaⁿ</c>, n epochs from the beginning.</summary>
/// <remarks>As PyTorch's <c>ExponentialLR</c>.</remarks>
public sealed class ExponentialSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="ExponentialSchedule"/> class.</summary>
    /// <param name="gamma">The factor.</param>
    public ExponentialSchedule(double gamma)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        Gamma = gamma;
    }

    /// <summary>Gets the factor.</summary>
    public double Gamma { get; }

    /// <summary>Gets whether epochs or steps are counted.</summary>
    public ScheduleUnit Unit { get; init; }

    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state) => (float)(state.BaseRate * Math.Pow(Gamma, state.Count(Unit)));

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{nameof(ExponentialSchedule)}, {nameof(Gamma)} = {Gamma}, {nameof(Unit)} = {Unit}");
}
