using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>All that a training leaves.</summary>
internal sealed record TrainingEnd(
    StepRecord[] Steps, string[] Epochs, StopReason Reason, int BestEpoch, uint Calls, uint[] Parameters, uint[] Average, string Stored)
{
    /// <summary>What a training with checkpoints has left in its model, its history and its file.</summary>
    public static TrainingEnd Of(Model model, History history, FitOptions options)
    {
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
            StoredIn(options.Checkpoints!.Path, model));
    }

    public void ShouldBe(TrainingEnd expected)
    {
        Assert.Equal(expected.Steps, Steps);
        Assert.Equal(expected.Epochs, Epochs);
        Assert.Equal((expected.Reason, expected.BestEpoch, expected.Calls), (Reason, BestEpoch, Calls));
        Assert.Equal(expected.Parameters, Parameters);
        Assert.Equal(expected.Average, Average);
        Assert.Equal(expected.Stored, Stored);
    }

    private static uint[] Bits(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).Select(BitConverter.SingleToUInt32Bits)];

    /// <summary>All that the file has, but for times.</summary>
    private static string StoredIn(string path, Model model)
    {
        using FileStream stream = File.OpenRead(path);
        Checkpoint checkpoint = CheckpointFile.Read(model, stream, new FaultyFile(path), _ => { });
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
        return Convert.ToHexString(SHA256.HashData(bytes.ToArray()));
    }
}
