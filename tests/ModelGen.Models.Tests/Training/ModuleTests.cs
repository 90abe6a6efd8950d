using System;
using System.IO;
using System.Linq;
using ModelGen.Models.Tests.OnDevice;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Models.Tests.Training;

/// <summary>A residual block whose sizes come from its use.</summary>
[Module]
public sealed partial class Residual
{
    [LayerNorm] private partial Tensor Norm(Tensor x);

    [Dense("2*width", Activation = Activation.Gelu)] private partial Tensor Widen(Tensor x);

    [Dropout(0.1)] private partial Tensor Drop(Tensor x);

    [Dense("width")] private partial Tensor Contract(Tensor x);

    /// <summary>Adds what the block computes.</summary>
    [Forward]
    public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Contract(Drop(Widen(Norm(x))));
}

/// <summary>A first block, and three more in a loop.</summary>
[Model]
public sealed partial class Tower
{
    [Dense(8)] private partial Tensor In(Tensor x);

    private partial Residual First { get; }

    [Repeat(3)] private partial Residual[] Blocks { get; }

    [Dense(5)] private partial Tensor Out(Tensor x);

    [Forward]
    private Tensor Predict([Shape("batch", 20)] Tensor x)
    {
        x = First.Forward(In(x));
        foreach (Residual block in Blocks)
        {
            x = block.Forward(x);
        }

        return Out(x);
    }

    [Loss]
    private static Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
}

[OnEveryDevice]
public sealed class ModuleTests
{
    [Fact]
    public void ParametersAreNamedAfterTheMembers()
    {
        using Tower model = new(TestDevice.Current, seed: 1);
        string[] block = ["Norm.weight", "Norm.bias", "Widen.weight", "Widen.bias", "Contract.weight", "Contract.bias"];
        string[] expected =
        [
            "In.weight", "In.bias", .. block.Select(name => "First." + name), .. Enumerable.Range(0, 3).SelectMany(i => block.Select(name => $"Blocks.{i}.{name}")), "Out.weight", "Out.bias",
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), model.Parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.Equal("16 8", string.Join(' ', model.Parameters["Blocks.2.Widen.weight"].Shape));
        Assert.NotEqual(model.Parameters["Blocks.0.Widen.weight"].Values.ToArray(), model.Parameters["Blocks.1.Widen.weight"].Values.ToArray());
    }

    [Fact]
    public void ATrainedModelIsSavedAndLoaded()
    {
        using Tower model = new(TestDevice.Current, seed: 1), other = new(TestDevice.Current, seed: 2);
        Dataset data = Tower.Data(Clusters.Points(600).Points, Clusters.Points(600).Labels);
        History history = model.Fit(data.Take(500), new FitOptions { Epochs = 8, Optimizer = new Adam(5e-3f), Progress = null });
        Assert.True(history.Epochs[^1].Loss < 0.7 * history.Epochs[0].Loss);
        Assert.True(model.Evaluate(data.Skip(500)).Accuracy > 0.6);
        using MemoryStream file = new();
        model.Save(file);
        file.Position = 0;
        other.Load(file);
        Assert.Equal(model.Evaluate(data).Loss, other.Evaluate(data).Loss);
        float[,] one = new float[1, 20];
        Assert.Equal(model.Predict(one), other.Predict(one));
    }

    [Fact]
    public void TrainingIsTheSameForAnyNumberOfThreads()
    {
        float[][] results = [.. ((int[])[1, 2, 7]).Select(threads =>
        {
            using Tower model = new(Device.CpuWith(threads), seed: 3);
            model.Fit(Tower.Data(Clusters.Points(300).Points, Clusters.Points(300).Labels), new FitOptions { Epochs = 2, BatchSize = 64, Progress = null });
            return model.Parameters.SelectMany(parameter => parameter.Values.ToArray()).ToArray();
        })];
        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    /// <summary>Loss and gradients in training, dropout in the loop included.</summary>
    [Fact]
    public void CompiledIsEager()
    {
        using Tower model = new(TestDevice.Current, seed: 5);
        Compiled.Trial trial = new(model, "Loss", [4], classes: 5);
        trial.SameLoss();
        Assert.InRange(trial.WorstGradient().Error, 0, 1e-4);
        trial.SameForward("Predict");
    }
}
