using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

public sealed class FitTests
{
    [Fact]
    public void Training_converges()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(300);
        Dataset held = SoftmaxRegression.Clusters(100, seed: 6);
        History history = model.Fit(data, Silent(epochs: 10, validation: held, optimizer: new Adam(0.05f)));
        Assert.Equal(StopReason.Epochs, history.StopReason);
        Assert.Equal(10, history.Epochs.Count);
        Assert.Equal(100, history.Steps.Count);
        Assert.True(history.Epochs[^1].Loss < 0.3 * history.Epochs[0].Loss);
        Assert.True(history.Epochs[^1].ValidationLoss < 0.3);
        Assert.True(history.Epochs[^1].Metrics["accuracy"] > 0.98);
    }

    [Fact]
    public void A_continued_history_equals_one_training_bit_for_bit()
    {
        using var whole = new SoftmaxRegression();
        using var halves = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(50);
        var schedule = new CustomSchedule(state => state.BaseRate / (1 + state.Step));
        History expected = whole.Fit(data, Silent(epochs: 4, optimizer: new AdamW(0.1f), schedule: schedule));
        var optimizer = new AdamW(0.1f);
        History history = halves.Fit(data, Silent(epochs: 2, optimizer: optimizer, schedule: schedule));
        halves.Fit(data, Silent(epochs: 2, optimizer: optimizer, schedule: schedule, history: history));
        Assert.Equal(expected.Steps, history.Steps);
        Assert.Equal([1, 2, 3, 4], history.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(Values(whole), Values(halves));
    }

    [Fact]
    public void Accumulation_equals_a_larger_batch()
    {
        using var large = new SoftmaxRegression();
        using var small = new SoftmaxRegression();

        // 50 examples: the last step has 2 of 48 + 2, the one before it three batches of 16.
        Dataset data = SoftmaxRegression.Clusters(50);
        var sgd = new Sgd(0.5f);
        History one = large.Fit(data, new FitOptions { Epochs = 3, BatchSize = 48, Optimizer = sgd, Progress = null });
        History three = small.Fit(data, new FitOptions { Epochs = 3, BatchSize = 16, AccumulationSteps = 3, Optimizer = sgd, Progress = null });
        Assert.Equal(6, three.Steps.Count);
        Close(one.Steps.Select(step => step.Loss), three.Steps.Select(step => step.Loss));
        Close(Values(large), Values(small));
    }

    [Fact]
    public void Gradients_add_up_where_they_are_asked_to()
    {
        using var model = new Probe();
        float[] x = [1f, 2f, 3f, 4f, 5f];
        model.Gradients(model.Loss, model.Batch(x));
        model.Gradients(model.Loss, model.Batch([10f, 20f, 30f, 40f, 50f]), accumulate: true);
        Assert.Equal([11f, 22f, 33f], model.Parameters["A"].Gradient.ToArray());
        Assert.Equal([55f], model.Parameters["Blocks.1.B"].Gradient.ToArray());
        model.Gradients(model.Loss, model.Batch(x));
        Assert.Equal([1f, 2f, 3f], model.Parameters["A"].Gradient.ToArray());
        float before = model.Parameters["A"].Values[1];
        model.Update(model.Loss, new Sgd(0.5f));
        Assert.Equal(before - 1f, model.Parameters["A"].Values[1]);
        Assert.Equal(3u, model.TrainingCalls);
    }

    [Fact]
    public void A_smaller_last_batch_is_the_mean_of_its_own_examples()
    {
        using var model = new Probe();
        float[] start = Values(model);
        float[] x = [2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 9, 9, 9, 9, 9];
        model.Fit(model.Data(x), new FitOptions { BatchSize = 2, Shuffle = false, Optimizer = new Sgd(1f), Progress = null });
        Close(start.Select(value => value - 3f - 9f), Values(model));
    }

    [Fact]
    public void The_epochs_loss_is_weighted_by_examples()
    {
        using var model = new Probe();
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Values.Fill(1f);
        }

        float[] x = [1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 6, 0, 0, 0, 0];
        History history = model.Fit(model.Data(x), new FitOptions { BatchSize = 2, Optimizer = new Sgd(0f), Progress = null });
        Assert.Equal(3.0, history.Epochs[0].Loss, 1e-6);
        Assert.Equal(3.0, model.Evaluate(model.Data(x), batchSize: 2).Loss, 1e-6);
    }

    [Fact]
    public void A_schedule_sets_the_rate_of_every_step()
    {
        using var model = new Probe();
        var seen = new List<ScheduleState>();
        var schedule = new CustomSchedule(state =>
        {
            seen.Add(state);
            return state.Step % 2 == 0 ? state.BaseRate : 0f;
        });
        float[] start = Values(model);
        History history = model.Fit(model.Data(Repeated([1f, 1f, 1f, 1f, 1f], 4)), new FitOptions
        {
            Epochs = 2,
            BatchSize = 1,
            Optimizer = new Sgd(0.25f),
            Schedule = schedule,
            Progress = null,
        });
        Assert.Equal(Enumerable.Range(0, 8).Select(step => new ScheduleState(step, 8, step / 4, 4, 0.25f) { Epochs = history.Epochs }), seen);
        Assert.Equal([0.25f, 0f, 0.25f, 0f, 0.25f, 0f, 0.25f, 0f], history.Steps.Select(step => step.LearningRate));
        Close(start.Select(value => value - 1f), Values(model));
    }

    [Fact]
    public void Training_ends_after_the_largest_number_of_steps()
    {
        using var model = new SoftmaxRegression();
        History history = model.Fit(SoftmaxRegression.Clusters(100), new FitOptions { Epochs = 5, BatchSize = 10, MaxSteps = 13, Progress = null });
        Assert.Equal(13, history.Steps.Count);
        Assert.Equal(2, history.Epochs.Count);
        Assert.Equal(StopReason.MaxSteps, history.StopReason);
    }

    [Fact]
    public void Training_stops_early_with_the_best_parameters()
    {
        using var model = new Probe();
        Dataset data = model.Data([1f, 1f, 1f, 1f, 1f]);
        float[][] after = new float[9][];

        // The loss falls for three epochs, then the rate turns and it rises.
        var options = new FitOptions
        {
            Epochs = 9,
            Optimizer = new Sgd(0.1f),
            Schedule = new CustomSchedule(state => state.Epoch < 3 ? 0.1f : -0.1f),
            Validation = data,
            EarlyStopping = new EarlyStopping { Patience = 2 },
            Progress = new Listener(progress => after[progress.Epoch - 1] = Values(model)),
        };
        History history = model.Fit(data, options);
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(5, history.Epochs.Count);
        Assert.Equal(3, history.BestEpoch);
        Assert.Equal(after[2], Values(model));
        Assert.NotEqual(after[4], Values(model));
    }

    [Fact]
    public void Improvements_below_the_least_one_do_not_count()
    {
        var rule = new EarlyStopping { MinDelta = 0.1 };
        Assert.True(rule.Improves(1, double.NaN));
        Assert.False(rule.Improves(0.95, 1));
        Assert.True(rule.Improves(0.85, 1));
        Assert.True(new EarlyStopping { Monitor = "accuracy" }.Improves(0.9, 0.8));
        Assert.False(new EarlyStopping { Monitor = "error", HigherIsBetter = false }.Improves(0.9, 0.8));
    }

    [Fact]
    public void Watching_what_is_not_there_is_an_error()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(10);
        Assert.Throws<ArgumentException>(() => model.Fit(data, new FitOptions { EarlyStopping = new EarlyStopping(), Progress = null }));
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Fit(data, new FitOptions
        {
            EarlyStopping = new EarlyStopping { Monitor = "acuracy" },
            Validation = data,
            Progress = null,
        }));
        Assert.Contains("accuracy, macro_f1, MeanTarget", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancellation_ends_after_a_whole_step_and_keeps_the_record()
    {
        using var model = new SoftmaxRegression();
        using var source = new CancellationTokenSource();
        var history = new History();
        var options = new FitOptions
        {
            Epochs = 100,
            BatchSize = 10,
            History = history,
            CancellationToken = source.Token,
            Progress = new Listener(progress =>
            {
                if (progress is { Epoch: 2, Step: 3 })
                {
                    source.Cancel();
                }
            }),
        };
        Assert.Throws<OperationCanceledException>(() => model.Fit(SoftmaxRegression.Clusters(100), options));
        Assert.Equal(13, history.Steps.Count);
        Assert.Single(history.Epochs);
        model.Fit(SoftmaxRegression.Clusters(100), new FitOptions { Progress = null });
    }

    [Fact]
    public void A_loss_that_is_not_a_number_names_the_kernel_and_leaves_the_parameters()
    {
        using var model = new SoftmaxRegression();
        float[] x = new float[40];
        x[21] = float.NaN;
        float[] before = Values(model);
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => model.Fit(
            SoftmaxRegression.Data(x, new int[20]), new FitOptions { BatchSize = 20, Shuffle = false, Progress = null }));
        Assert.Equal(
            "The loss became NaN at step 1: the first kernel whose output is not finite is 'logits' (its element 30 is NaN)."
            + " Already the input 'x' is NaN at position 21.", e.Message);
        Assert.Equal(1, e.Step);
        Assert.Equal("logits", e.Kernel);
        Assert.Equal(before, Values(model));
    }

    [Fact]
    public void Parameters_that_an_update_made_infinite_are_named()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(10);
        var options = new FitOptions { Epochs = 3, BatchSize = 10, Optimizer = new Sgd(float.MaxValue), Progress = null };
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => model.Fit(data, options));
        Assert.Matches("^The loss became (NaN|infinite|negatively infinite) at step [23]: .*'(logits|loss)'", e.Message);
    }

    [Fact]
    public void A_training_step_allocates_nothing()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(64);
        Batch batch = data.NewBatch(64);
        int[] all = [.. Enumerable.Range(0, 64)];
        var adam = new Adam { ClipNorm = 1f };
        Assert.Equal(0, Allocations.Of(() =>
        {
            data.Fill(batch, all);
            model.Gradients(SoftmaxRegression.LossEntry, batch, accumulate: true);
            model.Step(SoftmaxRegression.LossEntry, batch, adam);
        }));
    }

    [Fact]
    public void A_model_may_be_saved_while_it_reports_progress()
    {
        using var model = new SoftmaxRegression();
        using var saved = new MemoryStream();
        model.Fit(SoftmaxRegression.Clusters(10), new FitOptions { Progress = new Listener(_ => model.Save(saved)) });
        Assert.NotEqual(0, saved.Length);
    }

    [Fact]
    public void Labels_outside_the_classes_are_named()
    {
        using var model = new SoftmaxRegression();
        int[] target = [0, 3];
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(
            () => model.Fit(SoftmaxRegression.Data(new float[4], target), new FitOptions { Shuffle = false, Progress = null }));
        Assert.Contains("'target' holds 3 at position 1; its values must lie between 0 and 2", e.Message, StringComparison.Ordinal);
    }

    private static FitOptions Silent(
        int epochs, Optimizer optimizer, Dataset? validation = null, ISchedule? schedule = null, History? history = null) => new()
        {
            Epochs = epochs,
            Optimizer = optimizer,
            Validation = validation,
            Schedule = schedule ?? new ConstantSchedule(),
            History = history,
            Progress = null,
        };

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static float[] Repeated(float[] row, int count) => [.. Enumerable.Repeat(row, count).SelectMany(values => values)];

    private static void Close(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        foreach ((float e, float a) in expected.Zip(actual))
        {
            Assert.Equal(e, a, 1e-5f);
        }
    }
}
