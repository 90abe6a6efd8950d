using System;

namespace ModelGen;

/// <summary>Multiplies the learning rate by a factor when a value has not improved for more than some epochs.</summary>
/// <remarks>
/// As PyTorch's <c>ReduceLROnPlateau</c>, with its defaults, but for its <c>eps</c>: reductions count however small they are. It counts epochs, and reads their values from the history: a training that is continued
/// with its history has the same rates as one that was never interrupted.
/// </remarks>
public sealed class ReduceOnPlateauSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="ReduceOnPlateauSchedule"/> class.</summary>
    /// <param name="factor">The factor, below 1.</param>
    /// <param name="patience">The number of epochs without improvement that are let pass.</param>
    public ReduceOnPlateauSchedule(double factor = 0.1, int patience = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(factor, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        (Factor, Patience) = (factor, patience);
    }

    /// <summary>Gets the factor.</summary>
    public double Factor { get; }

    /// <summary>Gets the number of epochs without improvement that are let pass.</summary>
    public int Patience { get; }

    /// <summary>Gets the value to watch: see <see cref="EarlyStopping.Monitor"/>.</summary>
    public string Monitor { get; init; } = EarlyStopping.ValidationLoss;

    /// <summary>Gets a value indicating whether larger values are better. Null: losses fall, metrics rise.</summary>
    public bool? HigherIsBetter { get; init; }

    /// <summary>Gets by which share of the best value a value must be better to count as an improvement.</summary>
    public double Threshold { get; init; } = 1e-4;

    /// <summary>Gets a value indicating whether <see cref="Threshold"/> is a difference instead of a share.</summary>
    public bool IsThresholdAbsolute { get; init; }

    /// <summary>Gets the number of epochs after a reduction that do not count.</summary>
    public int Cooldown { get; init; }

    /// <summary>Gets the lowest rate.</summary>
    public float MinRate { get; init; }

    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state)
    {
        double rate = state.BaseRate;
        double sign = MonitoredValue.IsHigherBetter(Monitor, HigherIsBetter) ? 1.0 : -1.0;
        double best = sign * double.NegativeInfinity;
        (int without, int cool) = (0, 0);
        for (int i = 0; i < state.Epochs.Count; i++)
        {
            double value = MonitoredValue.Of(state.Epochs[i], Monitor, nameof(ReduceOnPlateauSchedule));
            double bound = IsThresholdAbsolute ? best + (sign * Threshold) : best * (1.0 + (sign * Threshold));
            bool improves = sign * value > sign * bound;
            best = improves ? value : best;
            without = improves || cool > 0 ? 0 : without + 1;
            cool = int.Max(cool - 1, 0);
            if (without > Patience)
            {
                (rate, without, cool) = (double.Max(rate * Factor, double.Min(rate, MinRate)), 0, Cooldown);
            }
        }

        return (float)rate;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{nameof(ReduceOnPlateauSchedule)}, {nameof(Factor)} = {Factor}, {nameof(Patience)} = {Patience}, {nameof(Monitor)} = {Monitor}, ")
        + FormattableString.Invariant($"{nameof(HigherIsBetter)} = {MonitoredValue.IsHigherBetter(Monitor, HigherIsBetter)}, {nameof(Threshold)} = {Threshold}, ")
        + FormattableString.Invariant($"{nameof(IsThresholdAbsolute)} = {IsThresholdAbsolute}, {nameof(Cooldown)} = {Cooldown}, {nameof(MinRate)} = {MinRate}");

    /// <inheritdoc/>
    public void Check(FitOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threshold);
        ArgumentOutOfRangeException.ThrowIfNegative(Cooldown);
        ArgumentOutOfRangeException.ThrowIfNegative(MinRate);
        MonitoredValue.Check(Monitor, options, nameof(ReduceOnPlateauSchedule));
        foreach (EpochRecord epoch in options.History?.Epochs ?? [])
        {
            _ = MonitoredValue.Of(epoch, Monitor, nameof(ReduceOnPlateauSchedule));
        }
    }
}
