using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace ModelGen;

/// <summary>The loop over epochs and steps behind <see cref="Model.Fit"/>.</summary>
internal sealed class Trainer
{
    private readonly TrainingState state;
    private readonly Dataset data;
    private readonly FitOptions options;
    private readonly History history;
    private readonly Batch batch;
    private readonly int[] order;
    private readonly ulong shuffleSeed;
    private readonly Evaluator? validation;
    private readonly StoppingRule? stopping;
    private readonly ProgressReport progress;
    private readonly CancellationToken cancellation;
    private readonly int stepsPerEpoch;
    private readonly long firstStep;
    private readonly long lastStep;

    public Trainer(Model model, TrainingState state, Dataset data, FitOptions options)
    {
        options.Check();
        if (data.Count == 0)
        {
            throw new ArgumentException("There are no examples to train on.", nameof(data));
        }

        this.state = state;
        this.data = data;
        this.options = options;
        history = options.History ?? new History();
        cancellation = options.CancellationToken;
        batch = data.NewBatch(Math.Min(options.BatchSize, data.Count));
        order = new int[data.Count];
        shuffleSeed = options.ShuffleSeed ?? model.Seed;
        validation = options.Validation is Dataset held ? new Evaluator(model, held, options.ValidationBatchSize ?? options.BatchSize) : null;
        stopping = options.EarlyStopping is EarlyStopping rule ? new StoppingRule(rule, model) : null;
        stepsPerEpoch = (int)Math.Ceiling((double)data.Count / ((long)batch.Capacity * options.AccumulationSteps));
        firstStep = history.Steps.Count;
        lastStep = firstStep + Math.Min(options.MaxSteps ?? long.MaxValue, (long)options.Epochs * stepsPerEpoch);
        progress = new ProgressReport(options.Progress, history.Epochs.Count + options.Epochs, stepsPerEpoch, lastStep - firstStep);
    }

    public History Run()
    {
        history.StopReason = StopReason.None;
        int end = history.Epochs.Count + options.Epochs;
        while (history.StopReason == StopReason.None)
        {
            history.StopReason = history.Epochs.Count == end ? StopReason.Epochs
                : history.Steps.Count == lastStep ? StopReason.MaxSteps
                : RunEpoch();
        }

        stopping?.RestoreBest(history);
        return history;
    }

    private StopReason RunEpoch()
    {
        long began = Stopwatch.GetTimestamp();
        Order(history.Epochs.Count);
        double loss = 0;
        int done = 0;
        while (done < order.Length && history.Steps.Count < lastStep)
        {
            cancellation.ThrowIfCancellationRequested();
            int examples = (int)Math.Min((long)batch.Capacity * options.AccumulationSteps, order.Length - done);
            loss += (double)examples * Step(order.AsSpan(done, examples));
            done += examples;
            progress.AfterStep(history, examples, loss / done);
        }

        history.Add(Record(loss / done, began));
        progress.AfterEpoch(history);
        return stopping is not null && stopping.Stops(history) ? StopReason.NoImprovement : StopReason.None;
    }

    /// <summary>One update by the gradient of some examples, computed in batches that fit.</summary>
    private float Step(ReadOnlySpan<int> examples)
    {
        double loss = 0;
        for (int start = 0; start < examples.Length; start += batch.Capacity)
        {
            data.Fill(batch, examples.Slice(start, Math.Min(batch.Capacity, examples.Length - start)));
            loss += (double)batch.Count / examples.Length * Gradients(first: start == 0, examples.Length);
        }

        float learningRate = LearningRate();
        state.Update(data.Entry, options.Optimizer, learningRate);
        history.Add(new StepRecord(history.Steps.Count + 1, history.Epochs.Count + 1, (float)loss, learningRate));
        return (float)loss;
    }

    private float Gradients(bool first, int examples) => batch.Count == examples
        ? state.Gradients(data.Entry, batch)
        : state.Accumulate(data.Entry, batch, keep: first ? 0f : 1f, weight: (float)batch.Count / examples);

    private float LearningRate()
    {
        var where = new ScheduleState(history.Steps.Count, lastStep, history.Epochs.Count, stepsPerEpoch, options.Optimizer.LearningRate);
        return options.Schedule.LearningRate(where);
    }

    private EpochRecord Record(double loss, long began)
    {
        Evaluation? held = validation?.Run(cancellation);
        IReadOnlyDictionary<string, double> metrics = held?.Metrics ?? new Dictionary<string, double>();
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new EpochRecord(history.Epochs.Count + 1, history.Steps.Count, loss, held?.Loss, metrics, seconds);
    }

    private void Order(int epoch)
    {
        if (options.Shuffle)
        {
            Shuffle.Fill(order, shuffleSeed, (ulong)epoch);
            return;
        }

        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }
}
