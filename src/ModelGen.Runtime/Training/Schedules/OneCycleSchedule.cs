using System;

namespace ModelGen;

/// <summary>One cycle (Smith and Topin 2018): the learning rate rises from a small one to the optimizer's and falls to almost none.</summary>
/// <remarks>
/// As PyTorch's <c>OneCycleLR</c> with its defaults, whose <c>max_lr</c> is the optimizer's rate here; momentum stays as it is, as with
/// <c>cycle_momentum=False</c>. It counts steps. Without a length the cycle ends with training; a training that is to be continued later needs one.
/// </remarks>
public sealed class OneCycleSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="OneCycleSchedule"/> class.</summary>
    /// <param name="length">The number of steps of the cycle; all of training's where it is null. The last one's rate stays behind it.</param>
    /// <param name="pctStart">The share of the cycle in which the rate rises, from 0 to 1.</param>
    /// <param name="divFactor">The first rate is the optimizer's divided by this.</param>
    /// <param name="finalDivFactor">The last rate is the first divided by this.</param>
    public OneCycleSchedule(long? length = null, double pctStart = 0.3, double divFactor = 25.0, double finalDivFactor = 1e4)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 1, 1, nameof(length));
        ArgumentOutOfRangeException.ThrowIfNegative(pctStart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(pctStart, 1.0);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(divFactor);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(finalDivFactor);
        (Length, PctStart, DivFactor, FinalDivFactor) = (length, pctStart, divFactor, finalDivFactor);
    }

    /// <summary>Gets the number of steps of the cycle.</summary>
    public long? Length { get; }

    /// <summary>Gets the share of the cycle in which the rate rises.</summary>
    public double PctStart { get; }

    /// <summary>Gets by what the optimizer's rate is divided at first.</summary>
    public double DivFactor { get; }

    /// <summary>Gets by what the first rate is divided at last.</summary>
    public double FinalDivFactor { get; }

    /// <summary>Gets a value indicating whether the rate changes linearly instead of along half waves.</summary>
    public bool Linear { get; init; }

    /// <inheritdoc/>
    /// <remarks>A cycle of one step, or of none behind a warm-up, is at its beginning; PyTorch's of one step is at its end, where nothing is learnt.</remarks>
    public float LearningRate(in ScheduleState state)
    {
        double length = Length ?? state.TotalSteps;
        double top = (PctStart * length) - 1.0;
        double first = state.BaseRate / DivFactor;
        if (length <= 1.0 && state.Step == 0)
        {
            return (float)first;
        }

        double rate = state.Step <= top
            ? Between(first, state.BaseRate, state.Step / top)
            : Between(state.BaseRate, first / FinalDivFactor, (state.Step - top) / (length - 1.0 - top));
        return (float)rate;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{nameof(OneCycleSchedule)}, {nameof(Length)} = {(object?)Length ?? "training's"}, {nameof(PctStart)} = {PctStart}, {nameof(DivFactor)} = {DivFactor}, {nameof(FinalDivFactor)} = {FinalDivFactor}, {nameof(Linear)} = {Linear}");

    private double Between(double from, double to, double share)
    {
        double done = double.IsNaN(share) ? 1.0 : double.Min(share, 1.0);
        return Linear ? from + ((to - from) * done) : to + ((from - to) * (1.0 + Math.Cos(Math.PI * done)) / 2.0);
    }
}
