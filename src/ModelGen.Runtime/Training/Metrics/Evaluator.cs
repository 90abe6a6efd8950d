using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Evaluates a dataset, batch by batch. Its memory serves any number of evaluations.</summary>
internal sealed class Evaluator
{
    private readonly Model model;
    private readonly Dataset data;
    private readonly Batch batch;
    private readonly int[] order;
    private readonly AlignedBuffer result = new(1);
    private readonly LabelScores? scores;
    private readonly MetricBinding[] metrics;
    private readonly int[] inputs;

    public Evaluator(Model model, Dataset data, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (data.Count == 0)
        {
            throw new ArgumentException("There are no examples to evaluate.", nameof(data));
        }

        this.model = model;
        this.data = data;
        batch = data.NewBatch(Math.Min(batchSize, data.Count));
        order = [.. Enumerable.Range(0, data.Count)];
        inputs = [.. Enumerable.Range(0, data.Entry.Inputs.Length)];
        scores = data.Entry.Classification is Classification kind ? new LabelScores(data, batch, kind) : null;
        metrics = [.. data.Entry.Metrics.Select(name => new MetricBinding(model, data.Entry, name))];
    }

    /// <summary>The names of what <see cref="Evaluation.Metrics"/> will hold.</summary>
    public static IEnumerable<string> MetricsOf(LossEntry entry) =>
        [.. entry.Classification is null ? (string[])[] : [Evaluation.AccuracyName, Evaluation.MacroF1Name], .. entry.Metrics];

    public Evaluation Run(CancellationToken cancellation)
    {
        scores?.Clear();
        double loss = 0;
        double[] sums = new double[metrics.Length];
        for (int start = 0; start < order.Length; start += batch.Capacity)
        {
            cancellation.ThrowIfCancellationRequested();
            data.Fill(batch, order.AsSpan(start, Math.Min(batch.Capacity, order.Length - start)));
            loss += (double)batch.Count * Loss();
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += (double)batch.Count * metrics[i].Run(batch, result);
            }
        }

        ClassificationReport? report = scores?.Report();
        return new Evaluation(order.Length, loss / order.Length, report, Named(report, sums));
    }

    private float Loss()
    {
        model.Execution.Run(data.Entry, batch.Sizes, batch, inputs, result, scores?.Memory);
        scores?.Count(batch);
        return result.Floats[0];
    }

    private Dictionary<string, double> Named(ClassificationReport? report, double[] sums)
    {
        var named = new Dictionary<string, double>(StringComparer.Ordinal);
        if (report is not null)
        {
            named[Evaluation.AccuracyName] = report.Accuracy;
            named[Evaluation.MacroF1Name] = report.MacroF1;
        }

        for (int i = 0; i < sums.Length; i++)
        {
            named[metrics[i].Name] = sums[i] / order.Length;
        }

        return named;
    }
}
