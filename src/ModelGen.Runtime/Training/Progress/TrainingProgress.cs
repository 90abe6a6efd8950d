using System;

namespace ModelGen;

/// <summary>Where training stands, after a step or at an epoch's end.</summary>
public readonly record struct TrainingProgress
{
    /// <summary>Gets the epoch, counted from 1.</summary>
    public int Epoch { get; init; }

    /// <summary>Gets the last epoch's number.</summary>
    public int Epochs { get; init; }

    /// <summary>Gets the step within the epoch, counted from 1.</summary>
    public int Step { get; init; }

    /// <summary>Gets the number of steps in an epoch.</summary>
    public int StepsPerEpoch { get; init; }

    /// <summary>Gets the mean loss of the epoch so far.</summary>
    public double Loss { get; init; }

    /// <summary>Gets the learning rate of the last step.</summary>
    public float LearningRate { get; init; }

    /// <summary>Gets the number of examples that are trained on per second, in this epoch, without validation.</summary>
    public double ExamplesPerSecond { get; init; }

    /// <summary>Gets the expected time until the last epoch's end.</summary>
    public TimeSpan Remaining { get; init; }

    /// <summary>Gets the epoch's record, at its end; null after a step.</summary>
    public EpochRecord? Finished { get; init; }
}
