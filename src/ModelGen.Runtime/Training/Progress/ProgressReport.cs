using System;
using System.Diagnostics;

namespace ModelGen;

/// <summary>Measures rate and time left, and tells the user's listener.</summary>
internal sealed class ProgressReport(IProgress<TrainingProgress>? listener, int epochs, int stepsPerEpoch, int stepInEpoch, long totalSteps)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long epochBegan = Stopwatch.GetTimestamp();
    private int stepInEpoch = stepInEpoch;
    private long steps;
    private long examplesInEpoch;
    private TrainingProgress last;

    /// <summary>Gets a value indicating whether the listener wants to know of the next step. One that is not ours wants to know of every one.</summary>
    public bool IsDue => listener is not null && (listener is not ConsoleProgress console || console.IsDue);

    /// <summary>Counts a step.</summary>
    /// <param name="history">Where it has been recorded.</param>
    /// <param name="examples">The number of its examples.</param>
    /// <param name="loss">The mean loss of the epoch so far.</param>
    /// <param name="isLast">Whether no later step is known: the listener is told of such only.</param>
    public void AfterStep(History history, int examples, double loss, bool isLast)
    {
        steps++;
        stepInEpoch++;
        examplesInEpoch += examples;
        StepRecord step = history.Steps[^1];
        last = new TrainingProgress
        {
            Epoch = step.Epoch,
            Epochs = epochs,
            Step = stepInEpoch,
            StepsPerEpoch = stepsPerEpoch,
            Loss = loss,
            LearningRate = step.LearningRate,
            ExamplesPerSecond = examplesInEpoch / Math.Max(Stopwatch.GetElapsedTime(epochBegan).TotalSeconds, 1e-9),
            Remaining = Remaining(),
        };
        if (isLast)
        {
            listener?.Report(last);
        }
    }

    public void AfterEpoch(History history)
    {
        // A training that is resumed at an epoch's end has reported no step.
        EpochRecord epoch = history.Epochs[^1];
        listener?.Report(last with
        {
            Epoch = epoch.Epoch,
            Epochs = epochs,
            Step = stepInEpoch,
            StepsPerEpoch = stepsPerEpoch,
            Loss = epoch.Loss,
            LearningRate = history.Steps[^1].LearningRate,
            Remaining = Remaining(),
            Finished = epoch,
        });
        epochBegan = Stopwatch.GetTimestamp();
        stepInEpoch = 0;
        examplesInEpoch = 0;
    }

    private TimeSpan Remaining() => steps == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(began) / steps * (totalSteps - steps);
}
