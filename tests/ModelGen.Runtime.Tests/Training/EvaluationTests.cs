using System;
using System.Linq;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class EvaluationTests
{
    // Rows: labels 0, 0, 0, 1, 1, 2, predicted as 0, 0, 1, 1, 0, 0.
    private static readonly int[] Labels = [0, 0, 0, 1, 1, 2];
    private static readonly int[] Predictions = [0, 0, 1, 1, 0, 0];

    [Fact]
    public void Scores_are_those_of_their_definitions()
    {
        ClassificationReport report = Evaluate().Classification!;
        Assert.Equal(0.5, report.Accuracy);
        Assert.Equal([2 / 4.0, 1 / 2.0, 0.0], report.Classes.Select(score => score.Precision));
        Assert.Equal([2 / 3.0, 1 / 2.0, 0.0], report.Classes.Select(score => score.Recall));
        Assert.Equal([4 / 7.0, 1 / 2.0, 0.0], report.Classes.Select(score => score.F1));
        Assert.Equal([3L, 2L, 1L], report.Classes.Select(score => score.Support));
        Assert.Equal((0.5 + 0.5) / 3, report.MacroPrecision, 1e-12);
        Assert.Equal(1, report.Confusion![0, 1]);
        Assert.Equal(1, report.Confusion[2, 0]);
        Assert.Equal(2, report.Confusion[0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => report.Confusion[0, 3]);
    }

    [Fact]
    public void Metrics_are_averaged_over_examples()
    {
        Evaluation evaluation = Evaluate();
        Assert.Equal(["accuracy", "macro_f1", "MeanTarget"], evaluation.Metrics.Keys);
        Assert.Equal(4 / 6.0, evaluation.Metrics["MeanTarget"], 1e-6);
        Assert.Equal(0.5, evaluation.Accuracy);
        Assert.Equal(6, evaluation.Examples);
    }

    [Fact]
    public void The_table_reads_well()
    {
        string[] lines = Evaluate().ToString(["shirt", "boot"]).Split('\n');
        Assert.Equal("class          precision  recall      F1   support", lines[2]);
        Assert.Equal("shirt             0.5000  0.6667  0.5714         3", lines[3]);
        Assert.Equal("2                 0.0000  0.0000  0.0000         1", lines[5]);
        Assert.Equal("macro average     0.3333  0.3889  0.3571         6", lines[6]);
        Assert.Equal(7, lines.Length);
        Assert.StartsWith("loss ", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Logits_of_two_classes_are_split_at_zero()
    {
        var counts = new ClassCounts(2);
        counts.AddLogits([0f, 0f, 1f, 1f, 1f], [-1f, 0.5f, 2f, 0f, 3f]);
        var report = new ClassificationReport(counts);
        Assert.Equal(0.6, report.Accuracy);
        Assert.Equal(2 / 3.0, report.Classes[1].Precision);
        Assert.Equal(2 / 3.0, report.Classes[1].Recall);
        Assert.Equal(0.5, report.Classes[0].Recall);
    }

    [Fact]
    public void A_loss_of_two_classes_is_trained_and_evaluated()
    {
        using var model = new LogisticRegression();
        float[] x = [-2, -1, -0.5f, 0.5f, 1, 2];
        float[] target = [0, 0, 1, 0, 1, 1];
        Dataset data = LogisticRegression.Data(x, target);
        model.Fit(data, new FitOptions { Epochs = 50, BatchSize = 4, Optimizer = new Sgd(0.5f, momentum: 0.5f), Progress = null });
        Evaluation evaluation = model.Evaluate(data, batchSize: 4);
        Assert.Equal(4 / 6.0, evaluation.Accuracy);
        ConfusionMatrix confusion = evaluation.Classification!.Confusion!;
        Assert.Equal((2, 1, 1, 2), (confusion[0, 0], confusion[0, 1], confusion[1, 0], confusion[1, 1]));
        Assert.InRange(evaluation.Loss, 0.3, 0.69);
    }

    [Fact]
    public void A_vocabulary_has_scores_but_no_matrix()
    {
        var report = new ClassificationReport(new ClassCounts(10_000));
        Assert.Null(report.Confusion);
        Assert.Equal(10_000, report.Classes.Count);
    }

    [Fact]
    public void Nothing_to_evaluate_is_an_error()
    {
        using var model = new SoftmaxRegression();
        Assert.Throws<ArgumentException>(() => model.Evaluate(SoftmaxRegression.Data(Array.Empty<float>(), Array.Empty<int>())));
    }

    /// <summary>A model whose logits are (x₀, x₁, −10), and examples that make it predict what is wanted.</summary>
    private static Evaluation Evaluate()
    {
        using var model = new SoftmaxRegression();
        Span<float> weight = model.Parameters["Fc.weight"].Values;
        ((ReadOnlySpan<float>)[1, 0, 0, 1, 0, 0]).CopyTo(weight);
        model.Parameters["Fc.bias"].Values[2] = -10f;
        float[] x = [.. Predictions.SelectMany(predicted => (float[])[1 - predicted, predicted])];
        return model.Evaluate(SoftmaxRegression.Data(x, Labels), batchSize: 4);
    }
}
