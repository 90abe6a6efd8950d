using System;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;
using static ModelGen.Functional;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Tensors of integers that a model calculates: what it returns, and what it uses itself.</summary>
[OnEveryDevice]
public sealed class IndexTests
{
    [Fact]
    public void ATupleReturnsIndicesBesideNumbers()
    {
        using Chooser model = new(TestDevice.Current);
        float[,] x = { { 1, 5, 2 }, { 7, -1, 7 } };
        (int[] best, float[] score, int[,] worst) = model.Choose(x);
        Assert.Equal([1, 0], best);
        Assert.Equal([5f, 7f], score);
        Assert.Equal(new[,] { { 0 }, { 1 } }, worst);

        int[] bestAgain = new int[2], worstAgain = new int[2];
        float[] scoreAgain = new float[2];
        model.Choose([1, 5, 2, 7, -1, 7], 2, bestAgain, scoreAgain, worstAgain);
        Assert.Equal(best, bestAgain);
        Assert.Equal(score, scoreAgain);
        Assert.Equal([0, 1], worstAgain);
        Assert.Equal(4, model.Place(new float[,] { { 0, 1, 2 }, { 1, 3, -1 } }));
        Assert.Equal(4, model.Eager.Place(Tensor.From(new float[,] { { 0, 1, 2 }, { 1, 3, -1 } })).Item());
    }

    [Fact]
    public void IntegersComeBackAsTheyWent()
    {
        using Chooser model = new(TestDevice.Current);
        (int[,] same, int[,] again) = model.Same(new[,] { { 3, -2 }, { 0, 16_777_216 } });
        Assert.Equal(new[,] { { 3, -2 }, { 0, 16_777_216 } }, same);
        Assert.Equal(same, again);
    }

    /// <summary>The best column of a matrix, the worst row of another and the best column of a product: indices in memory between two kernels, and read again.</summary>
    [Fact]
    public void AnIndexIsATargetWithinTheModel()
    {
        CompiledModels compiled = CompiledModels.Compile("""
            [Model] public sealed partial class Student
            {
                [Dense(4)] private partial Tensor Fc(Tensor x);
                [Loss] private Tensor Loss([Shape("batch", 3)] Tensor x, [Shape("batch", 4)] Tensor teacher, [Shape("batch", 4)] Tensor other) =>
                    SoftmaxCrossEntropy(Fc(x), ArgMax(teacher, 1)) + SoftmaxCrossEntropy(Fc(x), ArgMin(Permute(other, 1, 0), 0)) + SoftmaxCrossEntropy(Fc(x), ArgMax(MatMul(teacher, MatMul(Permute(other, 1, 0), teacher)), 1));
            }
            """);
        foreach (int batch in (int[])[1, 5, 70])
        {
            using Model model = compiled.Create("Student", seed: 3);
            Trial trial = new(model, "Loss", [batch]);
            trial.SameLoss();
            Assert.InRange(trial.WorstGradient().Error, 0, 1e-3);
        }
    }

    /// <summary>
    /// An element is the greatest where it equals the maximum, which another pass found: both must round alike, also where a product is needed for
    /// itself as well as in a sum.
    /// </summary>
    [Fact]
    public void AnElementThatIsCalculatedTwiceEqualsItself()
    {
        const int rows = 33, columns = 70;
        CompiledModels compiled = CompiledModels.Compile($$"""
            [Model] public sealed partial class Net
            {
                [Parameter({{columns}}, Init = Init.Normal, InitScale = 1)] private partial Tensor Scale { get; }
                [Forward] private (Tensor<int> Best, Tensor Product) Choose([Shape("batch", {{columns}})] Tensor x)
                {
                    var product = x * Scale;
                    return (ArgMax(product + 0.3f, 1), product);
                }
                [Loss] private Tensor Loss([Shape("batch", {{columns}})] Tensor x)
                {
                    var product = x * Scale;
                    return Mean(Max(product + 0.3f, 1)) + Mean(product);
                }
            }
            """);
        using Model model = compiled.Create("Net", seed: 3);
        float[] scale = [.. model.Parameters["Scale"].Values];
        Random random = new(1);
        float[,] x = new float[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                x[row, column] = random.NextSingle();
            }
        }

        (int[] best, float[,] product) = ((int[], float[,]))model.GetType().GetMethod("Choose", [typeof(float[,])])!.Invoke(model, [x])!;
        Assert.Equal([.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, columns).MaxBy(column => x[row, column] * scale[column]))], best);
        Assert.Equal(x[2, 3] * scale[3], product[2, 3], 1e-6f);
        Trial trial = new(model, "Loss", [rows]);
        trial.SameLoss();
        Assert.InRange(trial.WorstGradient().Error, 0, 1e-3);
    }

    [Fact]
    public void MoreElementsThanAFloatCountsAreAnError()
    {
        using Chooser model = new(TestDevice.Current);
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Longest(new float[(1 << 24) + 1], (1 << 24) + 1, new int[1]));
        Assert.Contains("ArgMax(x, 0) needs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyAxisIsAnError()
    {
        using Chooser model = new(TestDevice.Current);
        Assert.ThrowsAny<ArgumentException>(() => model.Longest(Array.Empty<float>()));
        Assert.ThrowsAny<ArgumentException>(() => model.Eager.Longest(Tensor.From(Array.Empty<float>(), [0])));
    }

    [Fact]
    public void IgnoredTargetsCountNowhere()
    {
        using Filler model = new(TestDevice.Current, seed: 5);
        float[] x = [.. Enumerable.Range(0, 40).Select(i => MathF.Sin(i))];
        int[] all = [.. Enumerable.Range(0, 20).Select(i => i % 3)], some = [.. all.Select((label, i) => i < 12 ? label : -100)], wrong = [.. all.Select((label, i) => i < 19 ? label : -1)];
        Evaluation kept = model.Evaluate(Filler.Data(x.AsMemory(0, 24), all.AsMemory(0, 12)), batchSize: 12);
        Evaluation padded = model.Evaluate(Filler.Data(x, some), batchSize: 20);
        Assert.Equal(kept.Loss, padded.Loss, 1e-6);
        Assert.Equal(kept.Accuracy, padded.Accuracy);
        Assert.Equal(12, padded.Classification!.Labels);
        History history = model.Fit(Filler.Data(x, some), new FitOptions { Epochs = 40, BatchSize = 20, Optimizer = new Adam(0.1f), Progress = null });
        Assert.True(model.Evaluate(Filler.Data(x, some)).Loss < 0.9 * padded.Loss, history.ToString());
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(Filler.Data(x, wrong)));
        Assert.Contains("between 0 and 2, or be -100", error.Message, StringComparison.Ordinal);
    }
}

[Model]
public sealed partial class Chooser
{
    [Forward]
    private (Tensor<int> Best, Tensor Score, Tensor<int> Worst) Choose([Shape("batch", 3)] Tensor x) => (ArgMax(x, 1), Max(x, 1), ArgMin(x, axis: -1, keepDims: true));

    [Forward]
    private Tensor<int> Place([Shape("batch", 3)] Tensor x) => ArgMax(x);

    [Forward]
    private Tensor<int> Longest([Shape("n")] Tensor x) => ArgMax(x, 0);

    [Forward]
    private (Tensor<int> First, Tensor<int> Second) Same([Shape("batch", 2)] Tensor<int> x) => (x, x);
}

[Model, Input("batch", 2)]
[Dense(3)]
[SoftmaxCrossEntropy(IgnoreIndex = -100)]
public sealed partial class Filler;
