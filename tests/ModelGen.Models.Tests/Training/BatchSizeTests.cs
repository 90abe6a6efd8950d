using System;
using System.Linq;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>A batch of any size is the mean of its examples.</summary>
[OnEveryDevice]
public sealed class BatchSizeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(300)]
    public void LossAndGradientsAreTheMeansOfTheExamples(int count)
    {
        using Mlp model = new(TestDevice.Current, seed: 3);
        Dataset data = Pictures.First(300).Skip(300 - count);
        Batch whole = data.NewBatch(count), single = data.NewBatch(1);
        data.Fill(whole, [.. Enumerable.Range(0, count)]);
        float loss = model.Gradients(data.Entry, whole);
        float[][] gradients = Gradients(model);
        double sum = 0;
        double[][] sums = [.. gradients.Select(gradient => new double[gradient.Length])];
        for (int i = 0; i < count; i++)
        {
            data.Fill(single, [i]);
            sum += model.Gradients(data.Entry, single);
            Add(sums, Gradients(model));
        }

        Assert.Equal(sum / count, loss, 1e-5);
        Assert.All(gradients.Zip(sums), pair => Assert.InRange(pair.First.Zip(pair.Second, (gradient, total) => Math.Abs(gradient - (total / count))).Max(), 0, 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(300)]
    public void PredictionsDoNotDependOnTheCompany(int count)
    {
        using Tagger model = new(TestDevice.Current, seed: 3);
        float[,,] words = new float[count, 3, 12];
        for (int i = 0; i < words.Length; i++)
        {
            words[i / 36, i / 12 % 3, i % 12] = MathF.Sin(i);
        }

        float[,,] together = model.Predict(words);
        for (int i = 0; i < count; i++)
        {
            float[,,] one = new float[1, 3, 12];
            Array.Copy(words, i * 36, one, 0, 36);
            float[,,] alone = model.Predict(one);
            Assert.InRange(Enumerable.Range(0, 18).Max(j => Math.Abs(together[i, j / 6, j % 6] - alone[0, j / 6, j % 6])), 0, 1e-5);
        }
    }

    /// <summary>Ten examples in batches of four, against steps by hand with gradients of single examples.</summary>
    [Fact]
    public void ASmallerLastBatchIsTheMeanOfItsOwnExamples()
    {
        using Curve model = new(TestDevice.Current, seed: 9), byHand = new(TestDevice.Current, seed: 9);
        float[] x = [.. Enumerable.Range(0, 10).Select(i => (i / 5f) - 1)], y = [.. x.Select(MathF.Sin)];
        Dataset data = Curve.Data(x, y);
        History history = model.Fit(data, new FitOptions { BatchSize = 4, Shuffle = false, Optimizer = new Sgd(0.05f), Progress = null });
        Assert.Equal(3, history.Steps.Count);
        Batch single = data.NewBatch(1);
        foreach ((int step, int[] chunk) in Enumerable.Range(0, 10).Chunk(4).Index())
        {
            float[] xs = [.. chunk.Select(i => x[i])], ys = [.. chunk.Select(i => y[i])];
            Tensor eager = byHand.Eager.Loss(byHand.Eager.Predict(Tensor.From(xs, [chunk.Length, 1])), Tensor.From(ys, [chunk.Length, 1]));
            Assert.Equal(eager.Item(), history.Steps[step].Loss, 1e-5);
            double[][] sums = [.. byHand.Parameters.Select(parameter => new double[parameter.Values.Length])];
            foreach (int example in chunk)
            {
                data.Fill(single, [example]);
                byHand.Gradients(data.Entry, single);
                Add(sums, Gradients(byHand));
            }

            foreach ((Parameter parameter, double[] sum) in byHand.Parameters.Zip(sums))
            {
                for (int i = 0; i < sum.Length; i++)
                {
                    parameter.Values[i] -= (float)(0.05 * sum[i] / chunk.Length);
                }
            }
        }

        Assert.All(model.Parameters, parameter => Assert.InRange(
            parameter.Values.ToArray().Zip(byHand.Parameters[parameter.Name].Values.ToArray(), (a, b) => Math.Abs(a - b)).Max(), 0, 1e-6f));
    }

    private static float[][] Gradients(Model model) => [.. model.Parameters.Select(parameter => parameter.Gradient.ToArray())];

    private static void Add(double[][] sums, float[][] gradients)
    {
        foreach ((double[] sum, float[] gradient) in sums.Zip(gradients))
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += gradient[i];
            }
        }
    }
}
