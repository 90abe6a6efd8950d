using System;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Cheap calculations before a product, which the product makes as it reads.</summary>
[OnEveryDevice]
public sealed class PrologueTests
{
    private const string Frame = """
        [Model] public sealed partial class Net
        {
            [Dense(5)] private partial Tensor Fc(Tensor x);
            [Dense(3)] private partial Tensor Gc(Tensor x);
            [Parameter(7, Init = Init.Normal, InitScale = 1)] private partial Tensor Center { get; }
            [Forward] private Tensor Predict([Shape("batch", 7)] Tensor x) => Gc(Relu(BODY)) + Sum(Center);
            [Loss(Trains = "TRAINS")] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor end) => Mse(predict, end);
        }
        """;

    [Theory]
    [InlineData("Fc(x * 0.5f - 1)", "Fc")]
    [InlineData("Fc((x - Center) * 0.25f)", "Fc")]
    [InlineData("Fc((x - Center) * 0.25f)", "Center")]
    [InlineData("Fc(x * x + Center)", "Fc")]
    [InlineData("Fc(x - 1) + Fc(x * 2)", "Fc")]
    [InlineData("Fc(x * 2) + Fc(x * 2)", "Fc")]
    [InlineData("Fc(Maximum(x, 0) * Greater(x, Center))", "Fc")]
    [InlineData("Fc(Reshape(x * 3 + 1, [x.Shape[0], 7]))", "Fc")]
    [InlineData("Fc(Flip(x, 1) * 3 + x)", "Fc")]
    [InlineData("Fc(x[.., ..] * x.Shape[0] + 1)", "Fc")]
    public void TheProductIsThatOfTheCalculatedFactor(string body, string trains)
    {
        CompiledModels compiled = CompiledModels.Compile(Frame.Replace("BODY", body, StringComparison.Ordinal).Replace("TRAINS", trains, StringComparison.Ordinal));
        foreach (int batch in (int[])[1, 3, 8, 70])
        {
            using Model model = compiled.Create("Net", seed: 5);
            Trial trial = new(model, "Loss", [batch]);
            trial.SameForward("Predict");
            trial.SameLoss();
            Assert.InRange(trial.WorstGradient().Error, 0, 2e-4);
        }
    }

    /// <summary>What is not finite in memory stays in its row, as the prologue makes it.</summary>
    [Fact]
    public void WhatIsNotFiniteStaysInItsRow()
    {
        CompiledModels compiled = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Dense(20)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 40)] Tensor x) => Fc(x * 2 + 1);
            }
            """);
        using Model model = compiled.Create("Net", seed: 5);
        float[,] x = new float[9, 40];
        x[4, 39] = float.NaN;
        x[8, 0] = float.PositiveInfinity;
        float[,] y = (float[,])model.GetType().GetMethod("Predict", [typeof(float[,])])!.Invoke(model, [x])!;
        Assert.All(Enumerable.Range(0, 9), row => Assert.All(Enumerable.Range(0, 20), column => Assert.Equal(row is 4, float.IsNaN(y[row, column]))));
        Assert.All(Enumerable.Range(0, 9), row => Assert.All(Enumerable.Range(0, 20), column => Assert.Equal(row is 8, float.IsInfinity(y[row, column]))));
    }
}
