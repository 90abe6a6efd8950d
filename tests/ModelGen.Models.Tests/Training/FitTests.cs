using System;
using System.IO;
using System.Linq;
using System.Threading;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary><c>Fit</c> on models that the build made.</summary>
[OnEveryDevice]
public sealed class FitTests
{
    private static readonly float[] X = [.. Enumerable.Range(0, 200).Select(i => (i / 100f) - 1)];
    private static readonly Dataset Sine = Curve.Data(X, X.Select(x => MathF.Sin(3 * x)).ToArray());

    [Fact]
    public void ARegressionConverges()
    {
        using Curve model = new(TestDevice.Current, seed: 1);
        (Dataset first, Dataset held) = Sine.Split(0.8, seed: 1);
        History history = model.Fit(first, new FitOptions { Epochs = 200, BatchSize = 10, Optimizer = new Adam(0.01f), Validation = held, Progress = null });
        Assert.InRange(history.Epochs.Min(epoch => epoch.ValidationLoss!.Value), 0, 2e-3);
        Assert.InRange(history.Epochs[^1].Metrics["AbsoluteError"], 0, 0.05);
        Assert.True(history.Epochs[0].ValidationLoss > 0.05);
        Assert.InRange(model.Predict(new float[,] { { 0.5f } })[0, 0], Math.Sin(1.5) - 0.1, Math.Sin(1.5) + 0.1);
    }

    [Fact]
    public void TrainingStopsEarlyWithTheBestParameters()
    {
        using Curve model = new(TestDevice.Current, seed: 1);
        EarlyStopping stopping = new() { Patience = 3, Monitor = "AbsoluteError", HigherIsBetter = false };
        History history = model.Fit(
            Sine, new FitOptions { Epochs = 200, BatchSize = 50, Optimizer = new Sgd(0.2f), Validation = Sine, EarlyStopping = stopping, Progress = null });
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(history.BestEpoch + 3, history.Epochs.Count);
        Assert.Equal(history.Epochs.Min(epoch => epoch.Metrics["AbsoluteError"]), model.Evaluate(Sine).Metrics["AbsoluteError"], 1e-6);
    }

    [Fact]
    public void TheHistoryIsATable()
    {
        using Curve model = new(TestDevice.Current, seed: 1);
        History history = model.Fit(Sine, new FitOptions { Epochs = 2, BatchSize = 64, Validation = Sine.Take(30), Progress = null });
        using StringWriter text = new();
        history.WriteCsv(text);
        string[] lines = text.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal("step,epoch,loss,learning_rate,epoch_loss,validation_loss,Bias,AbsoluteError,seconds", lines[0]);
        Assert.Equal(9, lines.Length);
        Assert.All(lines, line => Assert.Equal(9, line.Split(',').Length));
        Assert.All(lines[1..].Index(), row => Assert.Equal(row.Index % 4 == 3, row.Item.Split(',')[6].Length > 0));
    }

    [Fact]
    public void AccumulationAndCancellation()
    {
        using Curve whole = new(TestDevice.Current, seed: 1), parts = new(TestDevice.Current, seed: 1);
        whole.Fit(Sine, new FitOptions { BatchSize = 40, Shuffle = false, Optimizer = new Sgd(0.1f), Progress = null });
        parts.Fit(Sine, new FitOptions { BatchSize = 10, AccumulationSteps = 4, Shuffle = false, Optimizer = new Sgd(0.1f), Progress = null });
        Assert.Equal(whole.Evaluate(Sine).Loss, parts.Evaluate(Sine).Loss, 1e-6);
        Assert.Throws<OperationCanceledException>(() => parts.Fit(Sine, new FitOptions { CancellationToken = new CancellationToken(canceled: true), Progress = null }));
    }

    [Fact]
    public void ASavedModelPredictsTheSame()
    {
        using Digits model = new(TestDevice.Current, seed: 1), other = new(TestDevice.Current, seed: 2);
        model.Fit(Clusters.Of(100), new FitOptions { Progress = null });
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        float[,] points = new float[3, 20];
        Assert.NotEqual(model.Predict(points), other.Predict(points));
        other.Load(file);
        Assert.Equal(model.Predict(points), other.Predict(points));
        Assert.Equal("Dense1.weight Dense1.bias Dense2.weight Dense2.bias Dense3.weight Dense3.bias", string.Join(' ', model.Parameters.Select(parameter => parameter.Name)));
    }

    [Fact]
    public void ALabelThatIsNoClassIsNamed()
    {
        using Digits model = new(TestDevice.Current, seed: 1);
        Dataset data = Digits.Data(new float[60], (int[])[1, 5, 2]);
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(data, new FitOptions { Shuffle = false, Progress = null }));
        Assert.Contains("'target' holds 5 at position 1", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(data));
    }
}
