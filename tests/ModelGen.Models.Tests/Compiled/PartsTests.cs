using System;
using System.Globalization;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Products whose columns are read as equal parts: one kernel calculates what brings the parts together.</summary>
[OnEveryDevice]
public sealed class PartsTests
{
    private const string Frame = """
        [Model] public sealed partial class Net
        {
            [Dense(COLUMNS)] private partial Tensor Fc(Tensor x);
            DROP
            [Parameter(9, Init = Init.Normal, InitScale = 1)] private partial Tensor Scale { get; }
            [Forward] private Tensor Predict([Shape("batch", 7)] Tensor x) { var g = Fc(x); BODY }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 9)] Tensor end) => Mse(predict, end);
        }
        """;

    [Theory]
    [InlineData(18, "return g[.., ..9] * Sigmoid(g[.., 9..]) + Scale;")]
    [InlineData(18, "g = Tanh(g * 2); return g[.., ..9] * g[.., 9..] + Sum(g, 1, keepDims: true) * Scale;")]
    [InlineData(18, "g = Drop(g); return g[.., ..9] * g[.., 9..] * Scale;")]
    [InlineData(18, "return Drop(g[.., ..9] * g[.., 9..]) * Scale;")]
    [InlineData(27, "return Where(Greater(g[.., ..9], 0), g[.., 9..18], g[.., 18..]) * Scale + Mean(x, 1, keepDims: true);")]
    [InlineData(27, "g = Relu(g) - Sum(x, 1, keepDims: true); return g[.., ..9] * Sigmoid(g[.., 9..18]) + g[.., 18..] * Scale;")]
    [InlineData(27, "return g[.., ..9] * Sigmoid(g[.., 9..18]) * Scale;")]
    [InlineData(45, "return g[.., ..9] * g[.., 9..18] - g[.., 18..27] * g[.., 27..36] + Sigmoid(g[.., 36..]) * Scale;")]
    [InlineData(72, "return g[.., ..9] + g[.., 9..18] * g[.., 18..27] + g[.., 27..36] * g[.., 36..45] + g[.., 45..54] * g[.., 54..63] * g[.., 63..] * Scale;")]
    [InlineData(20, "return g[.., ..9] * g[.., 11..] * Scale;")]
    [InlineData(36, "var s = g + Fc(Sin(x)); return s[.., ..9] * s[.., 9..18] + s[.., 18..27] * s[.., 27..] + (g[.., ..18] * g[.., 18..])[.., 9..] * Scale;")]
    [InlineData(36, "var s = g + Fc(Sin(x)); return (s[.., ..18] * s[.., 18..])[.., 9..] + g[.., ..9] * g[.., 9..18] + g[.., 18..27] * g[.., 27..] * Scale;")]
    [InlineData(18, "return Concat(1, g[.., ..0], Sigmoid(g[.., ..9])) * Scale;")]
    public void ThePartsAreThoseOfTheProduct(int columns, string body)
    {
        CompiledModels compiled = CompiledModels.Compile(Source(columns, body));
        foreach (int batch in (int[])[1, 3, 8, 70])
        {
            using Model model = compiled.Create("Net", seed: 5);
            Trial trial = new(model, "Loss", [batch]);
            trial.SameForward("Predict");
            trial.SameLoss();
            Assert.InRange(trial.WorstGradient().Error, 0, 5e-4);
        }
    }

    /// <summary>What is not finite stays in its row.</summary>
    [Fact]
    public void WhatIsNotFiniteStaysInItsRow()
    {
        CompiledModels compiled = CompiledModels.Compile(Source(18, "return g[.., ..9] * Sigmoid(g[.., 9..]) + Scale;"));
        using Model model = compiled.Create("Net", seed: 5);
        float[,] x = new float[11, 7];
        x[5, 3] = float.NaN;
        float[,] result = (float[,])model.GetType().GetMethod("Predict", [typeof(float[,])])!.Invoke(model, [x])!;
        Assert.All(Enumerable.Range(0, 11 * 9), at => Assert.Equal(at / 9 == 5, float.IsNaN(result[at / 9, at % 9])));
    }

    private static string Source(int columns, string body) => Frame
        .Replace("COLUMNS", columns.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("BODY", body, StringComparison.Ordinal)
        .Replace("DROP", body.Contains("Drop(", StringComparison.Ordinal) ? "[Dropout(0.25)] private partial Tensor Drop(Tensor x);" : string.Empty, StringComparison.Ordinal);
}
