using System.Collections.Generic;

namespace ModelGen;

/// <summary>What happened during training. An earlier history can be continued: see <see cref="FitOptions.History"/>.</summary>
public sealed partial class History
{
    private readonly List<StepRecord> steps = [];
    private readonly List<EpochRecord> epochs = [];

    /// <summary>Gets a record for every step.</summary>
    public IReadOnlyList<StepRecord> Steps => steps;

    /// <summary>Gets a record for every epoch.</summary>
    public IReadOnlyList<EpochRecord> Epochs => epochs;

    /// <summary>Gets why training ended.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>Gets the epoch with the best monitored value, counted from 1, or 0 where nothing was monitored.</summary>
    public int BestEpoch { get; internal set; }

    internal void Add(StepRecord step) => steps.Add(step);

    internal void Add(EpochRecord epoch) => epochs.Add(epoch);

    /// <summary>Replaces all records.</summary>
    internal void Replace(IReadOnlyList<StepRecord> newSteps, IReadOnlyList<EpochRecord> newEpochs, int bestEpoch)
    {
        steps.Clear();
        steps.AddRange(newSteps);
        epochs.Clear();
        epochs.AddRange(newEpochs);
        BestEpoch = bestEpoch;
    }
}

/// <summary>A training step.</summary>
/// <param name="Step">Its number, counted from 1.</param>
/// <param name="Epoch">Its epoch, counted from 1.</param>
/// <param name="Loss">The mean loss of its examples, before the update.</param>
/// <param name="LearningRate">The learning rate of the update.</param>
public readonly record struct StepRecord(long Step, int Epoch, float Loss, float LearningRate);

/// <summary>An epoch.</summary>
/// <param name="Epoch">Its number, counted from 1.</param>
/// <param name="LastStep">The number of its last step.</param>
/// <param name="Loss">The mean loss of its examples while they were trained on.</param>
/// <param name="ValidationLoss">The validation data's mean loss after the epoch, or null without validation.</param>
/// <param name="Metrics">The validation data's metrics after the epoch by name; empty without validation.</param>
/// <param name="Seconds">How long it took, validation included.</param>
public sealed record EpochRecord(
    int Epoch,
    long LastStep,
    double Loss,
    double? ValidationLoss,
    IReadOnlyDictionary<string, double> Metrics,
    double Seconds);

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>It has not ended.</summary>
    None,

    /// <summary>All epochs are done.</summary>
    Epochs,

    /// <summary><see cref="FitOptions.MaxSteps"/> was reached.</summary>
    MaxSteps,

    /// <summary>The monitored value did not improve any more: see <see cref="FitOptions.EarlyStopping"/>.</summary>
    NoImprovement,
}
