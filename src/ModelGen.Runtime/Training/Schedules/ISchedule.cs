using System;
using System.Collections.Generic;

namespace ModelGen;

/// <summary>How the learning rate changes during training.</summary>
/// <remarks>
/// A schedule holds settings only: the rate is a function of where training stands, past epochs included. So one schedule may serve several
/// trainings, and a training that is continued needs nothing of it but the history. From a checkpoint it is resumed only where the schedule has the same text
/// (<see cref="object.ToString"/>): one of your own says its settings there.
/// </remarks>
public interface ISchedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="state">Where training stands.</param>
    /// <returns>The learning rate; one that is not finite is an error before the step.</returns>
    float LearningRate(in ScheduleState state);

    /// <summary>Called before training begins, so that what the schedule lacks is said then.</summary>
    /// <param name="options">How it will be trained.</param>
    /// <exception cref="ArgumentException">The schedule needs something that is not there.</exception>
    void Check(FitOptions options)
    {
    }
}

/// <summary>Where training stands before a step.</summary>
/// <param name="Step">The number of steps before this one, those of a continued history included.</param>
/// <param name="TotalSteps">The number of steps when training will have ended.</param>
/// <param name="Epoch">The number of epochs before this one.</param>
/// <param name="StepsPerEpoch">The number of steps in an epoch.</param>
/// <param name="BaseRate">The optimizer's learning rate.</param>
public readonly record struct ScheduleState(long Step, long TotalSteps, int Epoch, int StepsPerEpoch, float BaseRate)
{
    /// <summary>Gets the records of the epochs before this one.</summary>
    public IReadOnlyList<EpochRecord> Epochs
    {
        get => field ?? [];
        init;
    }

    /// <summary>The number of whole epochs or steps before this step.</summary>
    internal long Count(ScheduleUnit unit) => unit == ScheduleUnit.Epoch ? Epoch : Step;
}
