using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace ModelGen;

/// <content>Writes checkpoints and goes on from them.</content>
internal sealed partial class Trainer
{
    private readonly IReadOnlyDictionary<string, string>? settings;
    private Checkpoint? resumed;
    private (long Step, int Epoch) saved = (-1, -1);

    private bool IsCheckpointDue => options.Checkpoints?.EverySteps is long every && (issued - firstStep) % every == 0;

    /// <summary>The checkpoint to go on from, where there is one. Nothing has changed yet.</summary>
    private Checkpoint? Found()
    {
        if (options.Checkpoints is not { Resume: true } where || !File.Exists(where.Path))
        {
            return null;
        }

        var file = new FaultyFile(where.Path);
        using var stream = new FileStream(where.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        return CheckpointFile.Read(model, stream, file, state =>
        {
            TrainingSettings.Check(state.Settings, settings!, file);
            state.Check(model.Parameters.Count, data.Count, examplesPerStep, file);
        });
    }

    /// <summary>Makes sure that the checkpoint's steps are those of this training.</summary>
    private void CheckResumed()
    {
        if (resumed is null)
        {
            return;
        }

        var file = new FaultyFile(options.Checkpoints!.Path);
        if (issued > lastStep || resumed.State.Epochs.Count > lastEpoch)
        {
            throw file.Because($"{issued - firstStep} steps and {resumed.State.Epochs.Count - firstEpoch} epochs are done, which is more than {nameof(FitOptions.MaxSteps)} and {nameof(FitOptions.Epochs)} allow. Raise them, or begin anew without {nameof(Checkpoints.Resume)}");
        }

        StepRecord[] steps = resumed.Steps();
        CheckHistory(steps, file);
        CheckRates(steps, resumed.State.Epochs, file);
    }

    private void CheckHistory(StepRecord[] steps, FaultyFile file)
    {
        int common = Math.Min(steps.Length, history.Steps.Count);
        bool isEmpty = history.Steps.Count == 0 && history.Epochs.Count == 0;
        if (!isEmpty && (common < firstStep || !steps.Take(common).SequenceEqual(history.Steps.Take(common))))
        {
            throw file.Because($"its history has other steps than {nameof(FitOptions)}.{nameof(FitOptions.History)}. Give an empty history, or begin anew without {nameof(Checkpoints.Resume)}");
        }
    }

    /// <summary>The rates of all steps so far are those that the schedule gives now: its total of steps, or a function, may be another.</summary>
    private void CheckRates(StepRecord[] steps, IReadOnlyList<EpochRecord> epochs, FaultyFile file)
    {
        foreach (IGrouping<int, StepRecord> epoch in steps.Skip(firstStep).GroupBy(step => step.Epoch))
        {
            EpochRecord[] before = [.. epochs.Take(epoch.Key - 1)];
            foreach (StepRecord step in epoch)
            {
                float rate = options.Schedule.LearningRate(NewScheduleState(step.Step - 1, epoch.Key - 1, before));
                if (rate != step.LearningRate)
                {
                    throw file.Because($"step {step.Step} had the learning rate {step.LearningRate}, but the schedule gives {rate} now. Give the same schedule and, as its rates may depend on how long training lasts, the same {nameof(FitOptions.Epochs)} and {nameof(FitOptions.MaxSteps)}; or begin anew without {nameof(Checkpoints.Resume)}");
                }
            }
        }
    }

    /// <summary>Takes up what the checkpoint has.</summary>
    private void Resume()
    {
        if (resumed is null)
        {
            return;
        }

        CheckpointState known = resumed.State;
        state.Resume(data.Entry, options.Optimizer, known.Calls, [.. known.Updates], [.. resumed.Slots]);
        model.Execution.Replace(resumed.Parameters);
        if (options.Averaging is ExponentialMovingAverage averaging)
        {
            state.ForgetAverage(averaging);
            average = resumed.Average is null ? null : state.BeginAverage(data.Entry, averaging);
            average?.Replace(resumed.Average!);
            continuesAverage = average is not null;
        }

        if (known.Stopping is StoppingState judged)
        {
            stopping?.Resume(judged, resumed.Judged, resumed.Trained);
        }

        AtomicFile.DeleteLeftovers(options.Checkpoints!.Path);
        history.Replace(resumed.Steps(), known.Epochs, known.BestEpoch);
        saved = (issued, history.Epochs.Count);
        resumed = null;
    }

    /// <summary>Runs all epochs; where that is cancelled, what has been done is written down.</summary>
    private void RunToCheckpoint()
    {
        try
        {
            RunEpochs();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && open.Count == 0)
        {
            SaveCheckpoint();
            throw;
        }
    }

    /// <summary>Writes down where training stands, between two steps that are settled.</summary>
    private void SaveCheckpoint()
    {
        if (options.Checkpoints is not Checkpoints where || saved == (issued, history.Epochs.Count))
        {
            return;
        }

        state.DemandParameters("a checkpoint is written");
        if (saved.Step < 0)
        {
            AtomicFile.DeleteLeftovers(where.Path);
        }

        CheckpointFile.Write(model, Now(), where.Path);
        saved = (issued, history.Epochs.Count);
    }

    private Checkpoint Now()
    {
        OptimizerState own = state.Of(data.Entry, options.Optimizer);
        Checkpoint now = new()
        {
            Parameters = model.Execution.ParametersToRead(),
            Slots = [.. Enumerable.Range(0, own.Slots.Count).Select(own.Slots.Read)],
            Average = average?.Read(),
            Judged = stopping?.Judged,
            Trained = stopping?.Trained,
            Losses = [.. history.Steps.Select(step => step.Loss)],
            LearningRates = [.. history.Steps.Select(step => step.LearningRate)],
            State = StateWith(own),
        };
        state.DemandDevice();
        return now;
    }

    private CheckpointState StateWith(OptimizerState own) => new()
    {
        Format = CheckpointState.CurrentFormat,
        Settings = settings!,
        Calls = state.Calls,
        FirstStep = firstStep,
        FirstEpoch = firstEpoch,
        Steps = history.Steps.Count,
        Epochs = history.Epochs,
        BestEpoch = history.BestEpoch,
        Running = running with { Seconds = running.Examples == 0 ? 0.0 : Stopwatch.GetElapsedTime(epochBegan).TotalSeconds },
        Updates = own.Steps,
        Slots = own.Slots.Count,
        HasAverage = average is not null,
        Stopping = stopping?.State,
        HasJudged = stopping?.Judged is not null,
        HasTrained = stopping?.Trained is not null,
    };
}
