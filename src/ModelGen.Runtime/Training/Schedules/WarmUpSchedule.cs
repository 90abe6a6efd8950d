using System;

namespace ModelGen;

/// <summary>Lets the learning rate rise linearly for some steps, in front of another schedule:
/// <c>new WarmUpSchedule(500, new CosineSchedule())</c>.</summary>
/// <remarks>
/// The rate is the other schedule's first one times <c>startFactor + (1 − startFactor)·n / steps</c>, n steps from the beginning; as PyTorch's <c>LinearLR</c> in a
/// <c>SequentialLR</c>. The other schedule's steps count from the end of the warm-up, its epochs from the beginning of training.
/// </remarks>
public sealed class WarmUpSchedule : ISchedule
{
    /// <summary>Initializes a new instance of the <see cref="WarmUpSchedule"/> class.</summary>
    /// <param name="steps">The number of steps with a lower rate.</param>
    /// <param name="next">The schedule that follows. Null: the optimizer's rate throughout.</param>
    /// <param name="startFactor">The share of the rate in the first step, from 0 to 1.</param>
    public WarmUpSchedule(long steps, ISchedule? next = null, double startFactor = 1.0 / 3.0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        ArgumentOutOfRangeException.ThrowIfNegative(startFactor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(startFactor, 1.0);
        (Steps, Next, StartFactor) = (steps, next ?? new ConstantSchedule(), startFactor);
    }

    /// <summary>Gets the number of steps with a lower rate.</summary>
    public long Steps { get; }

    /// <summary>Gets the schedule that follows.</summary>
    public ISchedule Next { get; }

    /// <summary>Gets the share of the rate in the first step.</summary>
    public double StartFactor { get; }

    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state)
    {
        float rate = Next.LearningRate(state with { Step = long.Max(state.Step - Steps, 0), TotalSteps = long.Max(state.TotalSteps - Steps, 0) });
        return state.Step < Steps ? (float)(rate * (StartFactor + ((1.0 - StartFactor) * state.Step / Steps))) : rate;
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{nameof(WarmUpSchedule)}, {nameof(Steps)} = {Steps}, {nameof(StartFactor)} = {StartFactor}, {nameof(Next)} = ({Next})");

    /// <inheritdoc/>
    public void Check(FitOptions options) => Next.Check(options);
}
