using System;
using System.Diagnostics;

namespace ModelGen;

/// <summary>Measures rate and time left, and tells the user's listener.</summary>
internal sealed class ProgressReport(IProgress<TrainingProgress>? listener, int epochs, int stepsPerEpoch, long totalSteps)
{
    private readonly long began = Stopwatch.GetTimestamp();
    private long epochBegan = Stopwatch.GetTimestamp();
    private int stepInEpoch;
    private long steps;
    private long examplesInEpoch;
    private TrainingProgress last;

    public void AfterStep(History history, int examples, double loss)
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
        listener?.Report(last);
    }

    public void AfterEpoch(History history)
    {
        listener?.Report(last with { Remaining = Remaining(), Finished = history.Epochs[^1] });
        epochBegan = Stopwatch.GetTimestamp();
        stepInEpoch = 0;
        examplesInEpoch = 0;
    }

    private TimeSpan Remaining() => Stopwatch.GetElapsedTime(began) / steps * (totalSteps - steps);
}
