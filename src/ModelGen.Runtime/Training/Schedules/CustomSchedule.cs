using System;

namespace ModelGen;

/// <summary>A schedule that is a function: <c>new CustomSchedule(s => s.BaseRate / (1 + s.Epoch))</c>.</summary>
/// <param name="learningRate">The learning rate of a step.</param>
public sealed class CustomSchedule(Func<ScheduleState, float> learningRate) : ISchedule
{
    private readonly Func<ScheduleState, float> learningRate = learningRate ?? throw new ArgumentNullException(nameof(learningRate));

    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state) => learningRate(state);

    /// <inheritdoc/>
    public override string ToString() => nameof(CustomSchedule);
}
