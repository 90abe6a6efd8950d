using System;
using System.IO;
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
        return TrainingEnd.Of(model, history, options);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Digits New() => new(TestDevice.Current, seed: 11);

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
