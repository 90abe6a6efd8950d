namespace ModelGen;

/// <summary>How the learning rate changes during training.</summary>
public interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="state">Where training stands.</param>
    /// <returns>The learning rate.</returns>
    float LearningRate(in ScheduleState state);
}

/// <summary>Where training stands before a step.</summary>
/// <param name="Step">The number of steps before this one, those of a continued history included.</param>
/// <param name="TotalSteps">The number of steps when training will have ended.</param>
/// <param name="Epoch">The number of epochs before this one.</param>
/// <param name="StepsPerEpoch">The number of steps in an epoch.</param>
/// <param name="BaseRate">The optimizer's learning rate.</param>
public readonly record struct ScheduleState(long Step, long TotalSteps, int Epoch, int StepsPerEpoch, float BaseRate);
