using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace ModelGen;

/// <summary>The loop over epochs and steps behind <see cref="Model.Fit"/>.</summary>
/// <remarks>
/// Where the model's execution allows it, steps are given without waiting for the losses of those before: they are open until
/// <see cref="Settle"/> has read their losses.
/// </remarks>
internal sealed partial class Trainer
{
    /// <summary>How much memory the batches of open steps may take, in floats; two are always allowed.</summary>
    private const long BatchMemory = 16L << 20;

    private readonly Model model;
    private readonly TrainingState state;
    private readonly Dataset data;
    private readonly FitOptions options;
    private readonly History history;
    private readonly Batch[] batches;
    private readonly int[] order;
    private readonly ulong shuffleSeed;
    private readonly Evaluator? validation;
    private readonly StoppingRule? stopping;
    private readonly bool endsWithAverage;
    private readonly ProgressReport progress;
    private readonly CancellationToken cancellation;
    private readonly long examplesPerStep;
    private readonly int stepsPerEpoch;
    private readonly int firstStep;
    private readonly long lastStep;
    private readonly int firstEpoch;
    private readonly long lastEpoch;
    private readonly Queue<OpenStep> open = new();
    private AverageState? average;
    private bool continuesAverage;
    private long issued;
    private int nextBatch;
    private RunningEpoch running;
    private long epochBegan;

    public Trainer(Model model, TrainingState state, Dataset data, FitOptions options)
    {
        options.Check();
        if (data.Count == 0)
        {
            throw new ArgumentException("There are no examples to train on.", nameof(data));
        }

        this.model = model;
        this.state = state;
        this.data = data;
        this.options = options;
        history = options.History ?? new History();
        cancellation = options.CancellationToken;
        batches = NewBatches();
        order = new int[data.Count];
        shuffleSeed = options.ShuffleSeed ?? model.Seed;
        validation = options.Validation is Dataset held ? new Evaluator(model, held, options.ValidationBatchSize ?? options.BatchSize) : null;
        stopping = options.EarlyStopping is EarlyStopping rule ? new StoppingRule(rule, model, keepsTrained: options.Averaging is { UseAtEnd: false }) : null;
        average = options.Averaging is ExponentialMovingAverage averaging ? state.Average(data.Entry, averaging) : null;
        continuesAverage = average is not null;
        endsWithAverage = options.Averaging is { UseAtEnd: true };
        examplesPerStep = (long)batches[0].Capacity * options.AccumulationSteps;
        stepsPerEpoch = StepsFor(data.Count);
        settings = options.Checkpoints is null ? null : TrainingSettings.Of(model, data, options);
        resumed = Found();
        firstStep = resumed?.State.FirstStep ?? history.Steps.Count;
        firstEpoch = resumed?.State.FirstEpoch ?? history.Epochs.Count;
        lastStep = firstStep + Math.Min(options.MaxSteps ?? long.MaxValue, (long)options.Epochs * stepsPerEpoch);
        lastEpoch = (long)firstEpoch + options.Epochs;
        issued = resumed?.State.Steps ?? history.Steps.Count;
        running = resumed?.State.Running ?? default;
        CheckResumed();
        state.Losses.Clear();
        progress = new ProgressReport(options.Progress, (int)Math.Min(lastEpoch, int.MaxValue), stepsPerEpoch, StepsFor(running.Examples), lastStep - issued);
    }

    public History Run()
    {
        history.StopReason = StopReason.None;
        model.Execution.KeepOnHost();
        state.Expect(data.Entry, options.Optimizer);
        Resume();
        try
        {
            RunToCheckpoint();
        }
        catch
        {
            if (average is not null && !continuesAverage && history.Steps.Count == firstStep)
            {
                // Who repairs what failed and begins again may begin with other parameters.
                state.ForgetAverage(options.Averaging!);
            }

            throw;
        }

        Finish();
        return history;
    }

    private void RunEpochs()
    {
        while (history.StopReason == StopReason.None)
        {
            history.StopReason = stopping is { IsOver: true } ? StopReason.NoImprovement
                : history.Epochs.Count == lastEpoch ? StopReason.Epochs
                : issued == lastStep && running.Examples == 0 ? StopReason.MaxSteps
                : RunEpoch();
        }
    }

    private StopReason RunEpoch()
    {
        epochBegan = Stopwatch.GetTimestamp() - (long)(running.Seconds * Stopwatch.Frequency);
        Order(history.Epochs.Count);
        try
        {
            RunSteps();
        }
        finally
        {
            Settle();
        }

        model.Execution.KeepOnHost();
        bool isWhole = running.Examples == order.Length;
        if (!isWhole)
        {
            // With more steps it would not be an epoch yet.
            SaveCheckpoint();
        }

        bool stops = EndEpoch();
        if (isWhole && (stops || options.Checkpoints is { EverySteps: null } || issued == lastStep))
        {
            SaveCheckpoint();
        }

        progress.AfterEpoch(history);
        return stops ? StopReason.NoImprovement : StopReason.None;
    }

    /// <summary>Records an epoch and judges it, with the average in place while there is one.</summary>
    private bool EndEpoch()
    {
        bool stops;
        state.DemandParameters();
        Exchange();
        try
        {
            history.Add(Record(running.Loss / running.Examples));
            stops = stopping is not null && stopping.Stops(history);
        }
        finally
        {
            Exchange();
        }

        model.Execution.KeepOnHost();
        stopping?.KeepTrained(history);
        running = default;
        return stops;
    }

    private void Exchange()
    {
        if (average is not null)
        {
            state.Exchange(average);
        }
    }

    private void Finish()
    {
        state.DemandParameters();
        if (stopping?.RestoreBest(history, average) != true && endsWithAverage && average is not null)
        {
            average.Exchange();
            average.Settle();
        }
    }

    private void RunSteps()
    {
        for (int done = running.Examples; done < order.Length && issued < lastStep;)
        {
            cancellation.ThrowIfCancellationRequested();
            int examples = (int)Math.Min(examplesPerStep, order.Length - done);
            Step(order.AsSpan(done, examples));
            done += examples;
            if (state.Capacity == 1 || progress.IsDue || IsCheckpointDue)
            {
                Settle();
            }

            if (IsCheckpointDue)
            {
                SaveCheckpoint();
            }
        }
    }

    /// <summary>Gives one update by the gradient of some examples, computed in batches that fit.</summary>
    private void Step(ReadOnlySpan<int> examples)
    {
        float learningRate = LearningRate();
        int calls = 0;
        for (int start = 0; start < examples.Length; start += batches[0].Capacity)
        {
            Batch batch = FreeBatch();
            data.Fill(batch, examples.Slice(start, Math.Min(batch.Capacity, examples.Length - start)));
            Differentiate(batch, first: start == 0, examples.Length);
            calls++;
        }

        if (options.Averaging is ExponentialMovingAverage averaging)
        {
            average ??= state.BeginAverage(data.Entry, averaging);
        }

        state.Update(data.Entry, options.Optimizer, learningRate);
        average?.Update(options.Averaging!.Decay);
        open.Enqueue(new OpenStep(examples.Length, calls, learningRate));
        issued++;
    }

    /// <summary>A batch that no open step needs any more.</summary>
    private Batch FreeBatch()
    {
        if (state.Unsettled == batches.Length)
        {
            Settle();
        }

        nextBatch = (nextBatch + 1) % batches.Length;
        return batches[nextBatch];
    }

    private void Differentiate(Batch batch, bool first, int examples)
    {
        if (batch.Count == examples)
        {
            state.Differentiate(data.Entry, batch);
        }
        else
        {
            state.Accumulate(data.Entry, batch, keep: first ? 0f : 1f, weight: (float)batch.Count / examples);
        }
    }

    /// <summary>Waits for the steps that are open and records them.</summary>
    private void Settle()
    {
        try
        {
            state.Settle();
        }
        finally
        {
            while (open.TryPeek(out OpenStep step) && state.Losses.Count >= step.Calls)
            {
                open.Dequeue();
                Record(step);
            }
        }
    }

    private void Record(in OpenStep step)
    {
        double loss = 0;
        for (int start = 0; start < step.Examples; start += batches[0].Capacity)
        {
            loss += (double)Math.Min(batches[0].Capacity, step.Examples - start) / step.Examples * state.Losses.Dequeue();
        }

        history.Add(new StepRecord(history.Steps.Count + 1, history.Epochs.Count + 1, (float)loss, step.LearningRate));
        running = running with { Examples = running.Examples + step.Examples, Loss = running.Loss + ((double)step.Examples * (float)loss) };
        progress.AfterStep(history, step.Examples, running.Loss / running.Examples, isLast: open.Count == 0);
    }

    private float LearningRate()
    {
        float rate = options.Schedule.LearningRate(NewScheduleState(issued, history.Epochs.Count, history.Epochs));
        return float.IsFinite(rate)
            ? rate
            : throw new InvalidOperationException(
                FormattableString.Invariant($"The schedule {options.Schedule.GetType().Name} made a learning rate that is {NonFiniteException.Word(rate)} for step {issued + 1}, of the optimizer's {options.Optimizer.LearningRate}."));
    }

    private ScheduleState NewScheduleState(long step, int epoch, IReadOnlyList<EpochRecord> before) =>
        new(step, lastStep, epoch, stepsPerEpoch, options.Optimizer.LearningRate) { Epochs = before };

    private EpochRecord Record(double loss)
    {
        Evaluation? held = validation?.Run(cancellation);
        IReadOnlyDictionary<string, double> metrics = held?.Metrics ?? new Dictionary<string, double>();
        double seconds = Stopwatch.GetElapsedTime(epochBegan).TotalSeconds;
        return new EpochRecord(history.Epochs.Count + 1, history.Steps.Count, loss, held?.Loss, metrics, seconds);
    }

    /// <summary>The number of steps that an epoch's first examples take.</summary>
    private int StepsFor(int examples) => (int)((examples + examplesPerStep - 1) / examplesPerStep);

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

    private Batch[] NewBatches()
    {
        Batch first = data.NewBatch(Math.Min(options.BatchSize, data.Count));
        int count = (int)Math.Clamp(BatchMemory / Math.Max(1, first.Room), Math.Min(2, state.Capacity), state.Capacity);
        Batch[] all = new Batch[count];
        all[0] = first;
        for (int i = 1; i < count; i++)
        {
            all[i] = data.NewBatch(first.Capacity);
        }

        return all;
    }

    /// <summary>A step that has been given, but whose losses are not known yet.</summary>
    private readonly record struct OpenStep(int Examples, int Calls, float LearningRate);
}
