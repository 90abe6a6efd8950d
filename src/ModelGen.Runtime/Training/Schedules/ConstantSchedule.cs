namespace ModelGen;

/// <summary>The optimizer's learning rate throughout.</summary>
public sealed class ConstantSchedule : ISchedule
{
    /// <inheritdoc/>
    public float LearningRate(in ScheduleState state) => state.BaseRate;

    /// <inheritdoc/>
    public override string ToString() => nameof(ConstantSchedule);
}
