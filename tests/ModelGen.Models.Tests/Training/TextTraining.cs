using System;
using System.IO;
using TextGenerator;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>A training of the text generator on a few short sequences, with a checkpoint behind every step, that is killed and resumed by new models.</summary>
internal sealed class TextTraining : IDisposable
{
    public const int StepsPerEpoch = 4;
    private const int Batch = 3, Time = 11, Held = 2;
    private readonly string folder = Directory.CreateTempSubdirectory("modelgen").FullName;
    private readonly Dataset data = Novels.First((StepsPerEpoch * Batch) - 1 + Held, Time);

    /// <summary>Trains until a step's checkpoint has been written, and a little further; what happens then leaves no trace.</summary>
    public void KillBehind(int step)
    {
        History history = new();
        using WordModel model = New();
        Assert.Throws<TimeoutException>(() => model.Fit(data.Skip(Held), Options(history, new Kill(history, step))));

        // The last step of an epoch is followed by its end, others by the next step.
        Assert.Equal(step % StepsPerEpoch == 0 ? step : step + 1, history.Steps.Count);
    }

    /// <summary>Trains to the end.</summary>
    public TrainingEnd ToEnd()
    {
        using WordModel model = New();
        FitOptions options = Options(new History(), null);
        return TrainingEnd.Of(model, model.Fit(data.Skip(Held), options), options);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static WordModel New() => new(seed: 5);

    private FitOptions Options(History history, IProgress<TrainingProgress>? progress) => new()
    {
        Epochs = 3,
        BatchSize = Batch,
        Optimizer = new Adam(1e-3f),
        Validation = data.Take(Held),
        History = history,
        Checkpoints = new Checkpoints(Path.Combine(folder, "text.checkpoint")) { EverySteps = 1, Resume = true },
        Progress = progress,
    };

    /// <summary>Fails, so that no further checkpoint is written, in what follows a step.</summary>
    private sealed class Kill(History history, int step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (history.Steps.Count > step || (history.Steps.Count == step && value.Finished is not null))
            {
                throw new TimeoutException();
            }
        }
    }
}
