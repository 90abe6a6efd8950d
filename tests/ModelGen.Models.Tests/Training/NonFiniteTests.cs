using System;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>A number that is not finite stops training with its origin in the user's words, and nothing has been updated.</summary>
[OnEveryDevice]
public sealed class NonFiniteTests
{
    private const string Logs = """
        [Model] public sealed partial class Logs
        {
            [Dense(4)] private partial Tensor Fc1(Tensor x);
            [Dense(2)] private partial Tensor Fc2(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x)
            {
                Tensor hidden = Fc1(x);
                Tensor squares = hidden * hidden + 1;
                Tensor level = Sum(Log(squares - 2 * x[.., ..1] - 100), 1, keepDims: true);
                return Fc2(hidden) + level;
            }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 2)] Tensor y) => Mse(predict, y);
        }

        [Model] public sealed partial class Large
        {
            [Dense(4)] private partial Tensor Fc1(Tensor x);
            [Dense(4)] private partial Tensor Fc2(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x)
            {
                Tensor hidden = Fc1(x);
                Tensor scores = Fc2(hidden);
                return scores;
            }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> label) => SoftmaxCrossEntropy(predict, label);
        }
        """;

    [Fact]
    public void AParameter()
    {
        using Digits model = new(TestDevice.Current, seed: 1);
        model.Parameters["Dense2.weight"].Values[7] = float.NaN;
        NonFiniteException e = Fails(model, Clusters.Of(64));
        Assert.Equal(1, e.Step);
        Assert.Contains("dense2", e.Kernel, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("parameter 'Dense2.weight' is NaN at position 7", e.Message);
    }

    [Fact]
    public void AnInput()
    {
        (float[] points, int[] labels) = Clusters.Points(64);
        points[31] = float.PositiveInfinity;
        using Digits model = new(TestDevice.Current, seed: 1);
        NonFiniteException e = Fails(model, Digits.Data(points, labels));
        Assert.Contains("input 'input' is infinite at position 31", e.Message);
        Assert.NotNull(e.Kernel);
    }

    [Fact]
    public void ALogarithmOfANegativeNumber()
    {
        using Model model = CompiledModels.Compile(Logs).Create("Logs", seed: 1);
        NonFiniteException e = Fails(model, new Dataset(Loss(model), [], Ones(12), Ones(8)));
        Assert.Contains("the first kernel whose output is not finite is 'log = Log(squares - 2 * x[.., ..1] - 100)' (its element 0 is NaN)", e.Message);
        Assert.DoesNotContain("Already", e.Message);
    }

    [Fact]
    public void AnOverflowInADense()
    {
        using Model model = CompiledModels.Compile(Logs).Create("Large", seed: 1);
        model.Parameters["Fc1.weight"].Values.Fill(1e30f);
        model.Parameters["Fc2.weight"].Values.Fill(1e30f);
        NonFiniteException e = Fails(model, new Dataset(Loss(model), [], Ones(12), new int[4]));
        Assert.Equal("scores = Fc2(hidden)", e.Kernel);
        Assert.DoesNotContain("Already", e.Message);
    }

    /// <summary>Not even the optimizer's memory or the count of steps: training goes on as if the bad batch had never been.</summary>
    [Fact]
    public void TrainingGoesOnAsIfNothingHadBeen()
    {
        (float[] points, int[] labels) = Clusters.Points(64);
        Dataset good = Digits.Data(points, labels), bad = Digits.Data(Enumerable.Repeat(float.NaN, 64 * 20).ToArray(), labels);
        AdamW adam = new() { ClipNorm = 1f };
        FitOptions options = new() { BatchSize = 16, Optimizer = adam, Progress = null };
        using Digits disturbed = new(TestDevice.Current, seed: 1), quiet = new(TestDevice.Current, seed: 1);
        disturbed.Fit(good, options);
        Assert.Throws<NonFiniteException>(() => disturbed.Fit(bad, options));
        Assert.Equal(4u, disturbed.TrainingCalls);
        disturbed.Fit(good, options);
        quiet.Fit(good, options);
        quiet.Fit(good, options);
        Assert.Equal(Values(quiet), Values(disturbed));
    }

    private static NonFiniteException Fails(Model model, Dataset data)
    {
        float[] before = Values(model);
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => model.Fit(data, new FitOptions { BatchSize = 64, Shuffle = false, Optimizer = new Adam(), Progress = null }));
        Assert.Equal(before, Values(model));
        return e;
    }

    private static Entries.LossEntry Loss(Model model) => model.Description.Entries.OfType<Entries.LossEntry>().Single();

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
