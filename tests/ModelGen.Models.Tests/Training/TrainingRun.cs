using System;
using System.IO;
using System.Linq;
using System.Threading;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>A training with dropout that is resumed again and again, each time by a new model with new options, as by another process.</summary>
internal sealed class TrainingRun(string training) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("modelgen").FullName;
    private readonly Dataset data = Clusters.Of(130);

    public string Path => System.IO.Path.Combine(folder, "run.checkpoint");

    public int? EverySteps { get; init; }

    public int Epochs { get; set; } = 5;

    public int? MaxSteps { get; set; }

    /// <summary>Trains until a step, or the epoch that ends with it, has been reported, and is cancelled.</summary>
    public void CancelAt(int step, bool epoch = false)
    {
        using CancellationTokenSource source = new();
        History history = new();
        using Digits model = New();
        Assert.Throws<OperationCanceledException>(() => model.Fit(data.Take(100), Options(history, Cancel, source.Token)));
        Assert.Equal(step, history.Steps.Count);

        void Cancel(TrainingProgress progress)
        {
            if (history.Steps.Count == step && progress.Finished is not null == epoch)
            {
                source.Cancel();
            }
        }
    }

    /// <summary>Trains until a step has been reported, and fails.</summary>
    public void FailAt(int step)
    {
        History history = new();
        using Digits model = New();
        Assert.Throws<TimeoutException>(() => model.Fit(data.Take(100), Options(history, _ =>
        {
            if (history.Steps.Count == step)
            {
                throw new TimeoutException();
            }
        })));
    }

    /// <summary>Trains to the end.</summary>
    public TrainingEnd ToEnd()
    {
        using Digits model = New();
        FitOptions options = Options();
        History history = model.Fit(data.Take(100), options);
        uint[] parameters = Bits(model);
        uint[] average = [];
        if (options.Averaging is ExponentialMovingAverage averaging)
        {
            using (model.UseAverage(averaging))
            {
                average = Bits(model);
            }
        }

        return new TrainingEnd(
            [.. history.Steps],
            [.. history.Epochs.Select(epoch => $"{epoch.Epoch} {epoch.LastStep} {epoch.Loss} {epoch.ValidationLoss} {string.Join(' ', epoch.Metrics)}")],
            history.StopReason,
            history.BestEpoch,
            model.TrainingCalls,
            parameters,
            average,
            Stored(model));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Digits New() => new(TestDevice.Current, seed: 11);

    private static uint[] Bits(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits)];

    /// <summary>All that the file has, but for times.</summary>
    private string Stored(Model model)
    {
        using FileStream stream = File.OpenRead(Path);
        Checkpoint checkpoint = CheckpointFile.Read(model, stream, new FaultyFile(Path), _ => { });
        CheckpointState state = checkpoint.State with
        {
            Running = checkpoint.State.Running with { Seconds = 0 },
            Epochs = [.. checkpoint.State.Epochs.Select(epoch => epoch with { Seconds = 0 })],
        };
        using MemoryStream bytes = new();
        CheckpointFile.Write(model, new Checkpoint
        {
            State = state,
            Parameters = checkpoint.Parameters,
            Slots = checkpoint.Slots,
            Average = checkpoint.Average,
            Judged = checkpoint.Judged,
            Trained = checkpoint.Trained,
            Losses = checkpoint.Losses,
            LearningRates = checkpoint.LearningRates,
        }, bytes);
        return Convert.ToHexString(bytes.ToArray());
    }

    private FitOptions Options(History? history = null, Action<TrainingProgress>? listener = null, CancellationToken token = default) => new()
    {
        Epochs = training == "short" ? 1 : Epochs,
        BatchSize = training == "accumulated" ? 5 : 16,
        AccumulationSteps = training == "accumulated" ? 3 : 1,
        MaxSteps = MaxSteps,
        ShuffleSeed = 3,
        Optimizer = Optimizer(),
        Schedule = Schedule(),
        Averaging = training switch
        {
            "momentum" or "early" or "adam" => new ExponentialMovingAverage(0.9f),
            "early, parameters" or "accumulated" => new ExponentialMovingAverage(0.9f) { UseAtEnd = false },
            _ => null,
        },
        Validation = training == "lion" ? null : data.Skip(100),
        EarlyStopping = IsStopped ? new EarlyStopping { Patience = 2 } : null,
        History = history,
        CancellationToken = token,
        Checkpoints = new Checkpoints(Path) { EverySteps = EverySteps, Resume = true },
        Progress = listener is null ? null : new Told(listener),
    };

    private bool IsStopped => training.StartsWith("early", StringComparison.Ordinal);

    private Optimizer Optimizer() => training switch
    {
        "momentum" => new Sgd(0.05f, momentum: 0.9f, nesterov: true),
        "lamb" => new Lamb(0.02f) { ClipNorm = 1f },
        "groups" => new AdamW(0.01f) { Groups = [new("*.bias") { WeightDecay = 0f }, new("Dense1") { IsFrozen = true }, new("*") { LearningRateFactor = 0.5f }] },
        "centred" => new RmsProp(0.005f, momentum: 0.5f, centered: true),
        "lion" => new Lion(0.003f),
        "early" or "early, parameters" => new Sgd(0.05f),
        _ => new Adam(0.01f) { ClipNorm = 2f },
    };

    private ISchedule Schedule() => training switch
    {
        "momentum" or "accumulated" => new ExponentialSchedule(0.8),
        "lamb" => new ReduceOnPlateauSchedule(0.5, patience: 0),
        "groups" => new OneCycleSchedule(),
        _ when IsStopped => new CustomSchedule(state => state.Epoch < 2 ? 0.05f : -0.05f),
        _ => new WarmUpSchedule(5, new CosineSchedule()),
    };

    /// <summary>Tells at once, on the same thread.</summary>
    private sealed class Told(Action<TrainingProgress> told) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => told(value);
    }
}

/// <summary>All that a training leaves.</summary>
internal sealed record TrainingEnd(
    StepRecord[] Steps, string[] Epochs, StopReason Reason, int BestEpoch, uint Calls, uint[] Parameters, uint[] Average, string Stored)
{
    public void ShouldBe(TrainingEnd expected)
    {
        Assert.Equal(expected.Steps, Steps);
        Assert.Equal(expected.Epochs, Epochs);
        Assert.Equal((expected.Reason, expected.BestEpoch, expected.Calls), (Reason, BestEpoch, Calls));
        Assert.Equal(expected.Parameters, Parameters);
        Assert.Equal(expected.Average, Average);
        Assert.Equal(expected.Stored, Stored);
    }
}
