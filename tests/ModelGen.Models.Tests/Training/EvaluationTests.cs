using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Training;

/// <summary>What <c>Evaluate</c> says is what anyone would calculate from <c>Predict</c>.</summary>
[OnEveryDevice]
public sealed class EvaluationTests
{
    [Fact]
    public void ClassesAreCountedAsByHand()
    {
        (float[] points, int[] labels) = Clusters.Points(700);
        Dataset all = Digits.Data(points, labels), held = all.Skip(500);
        using Digits model = new(TestDevice.Current, seed: 2);
        model.Fit(all.Take(500), new FitOptions { Epochs = 3, Optimizer = new Adam(3e-3f), Progress = null });
        Evaluation evaluation = model.Evaluate(held, batchSize: 64);

        float[] scores = new float[200 * 5];
        model.Predict(points.AsSpan(500 * 20), 200, scores);
        (int Label, int Predicted, double Loss)[] rows = [.. Enumerable.Range(0, 200).Select(i => Row(scores.AsSpan(i * 5, 5), labels[500 + i]))];
        Assert.Equal(200, evaluation.Examples);
        Assert.Equal(rows.Average(row => row.Loss), evaluation.Loss, 1e-5);
        Assert.InRange(evaluation.Accuracy!.Value, 0.5, 0.99);
        Assert.Equal(rows.Average(row => row.Label == row.Predicted ? 1.0 : 0), evaluation.Accuracy!.Value, 1e-12);
        Assert.Equal(evaluation.Accuracy, evaluation.Metrics["accuracy"]);
        foreach (ClassScore score in evaluation.Classification!.Classes)
        {
            double hits = rows.Count(row => row.Label == score.Index && row.Predicted == score.Index);
            int predicted = rows.Count(row => row.Predicted == score.Index), support = rows.Count(row => row.Label == score.Index);
            Assert.Equal(support, score.Support);
            Assert.Equal(hits / predicted, score.Precision, 1e-12);
            Assert.Equal(hits / support, score.Recall, 1e-12);
            Assert.Equal(2 * hits / (predicted + support), score.F1, 1e-12);
            Assert.All(Enumerable.Range(0, 5), other => Assert.Equal(
                rows.Count(row => row.Label == score.Index && row.Predicted == other), evaluation.Classification.Confusion![score.Index, other]));
        }

        Assert.Equal(evaluation.Classification.Classes.Average(score => score.F1), evaluation.Metrics["macro_f1"], 1e-12);
    }

    [Fact]
    public void EveryPositionOfASequenceIsALabel()
    {
        (float[] points, int[] labels) = Clusters.Points(400, width: 12, classes: 6);
        using Tagger model = new(TestDevice.Current, seed: 2);
        Evaluation evaluation = model.Evaluate(Tagger.Data(points, labels, time: 4), batchSize: 32);
        float[] scores = new float[400 * 6];
        model.Predict(points, 100, 4, scores);
        Assert.Equal(100, evaluation.Examples);
        Assert.Equal(400, evaluation.Classification!.Labels);
        (int Label, int Predicted, double Loss)[] rows = [.. Enumerable.Range(0, 400).Select(i => Row(scores.AsSpan(i * 6, 6), labels[i]))];
        Assert.Equal(rows.Average(row => row.Label == row.Predicted ? 1.0 : 0), evaluation.Accuracy!.Value, 1e-12);
        Assert.Equal(rows.Average(row => row.Loss), evaluation.Loss, 1e-5);
    }

    [Fact]
    public void MetricsAreMeansOverExamples()
    {
        float[] x = [.. Enumerable.Range(0, 100).Select(i => (i / 50f) - 1)], y = [.. x.Select(value => MathF.Sin(3 * value))];
        using Curve model = new(TestDevice.Current, seed: 2);
        Evaluation evaluation = model.Evaluate(Curve.Data(x, y), batchSize: 30);
        float[] predicted = new float[100];
        model.Predict(x, 100, predicted);
        Assert.Equal(predicted.Zip(y, (a, b) => (double)(a - b)).Average(), evaluation.Metrics["Bias"], 1e-6);
        Assert.Equal(predicted.Zip(y, (a, b) => Math.Abs((double)(a - b))).Average(), evaluation.Metrics["AbsoluteError"], 1e-6);
        Assert.Equal(predicted.Zip(y, (a, b) => Math.Pow(a - b, 2)).Average(), evaluation.Loss, 1e-6);
        Assert.Null(evaluation.Accuracy);
        Assert.Equal<IEnumerable<string>>(["Bias", "AbsoluteError"], evaluation.Metrics.Keys);
    }

    [Fact]
    public void TwoClassesAreToldApartByTheSign()
    {
        Random random = new(4);
        float[] points = [.. Enumerable.Range(0, 1000).Select(_ => (random.NextSingle() * 2) - 1)];
        float[] labels = [.. points.Chunk(2).Select(point => point[0] > (0.5f * point[1]) + 0.1f ? 1f : 0f)];
        using Halves model = new(TestDevice.Current, seed: 2);
        Dataset data = Halves.Data(points, labels);
        model.Fit(data, new FitOptions { Epochs = 20, Optimizer = new Adam(0.05f), Progress = null });
        Evaluation evaluation = model.Evaluate(data);
        float[] scores = new float[500];
        model.Predict(points, 500, scores);
        Assert.InRange(evaluation.Accuracy!.Value, 0.95, 1);
        Assert.Equal(scores.Zip(labels).Count(pair => pair.First > 0 == pair.Second > 0.5f) / 500.0, evaluation.Accuracy!.Value, 1e-12);
        Assert.Equal(scores.Zip(labels, (score, label) => Math.Log(1 + Math.Exp(-score)) + ((1 - label) * score)).Average(), evaluation.Loss, 1e-5);
        Assert.Equal(labels.Count(label => label == 1), evaluation.Classification!.Classes[1].Support);
    }

    private static (int Label, int Predicted, double Loss) Row(ReadOnlySpan<float> scores, int label)
    {
        float[] values = scores.ToArray();
        double loss = Math.Log(values.Sum(value => Math.Exp(value - values[label])));
        return (label, Array.IndexOf(values, values.Max()), loss);
    }
}
