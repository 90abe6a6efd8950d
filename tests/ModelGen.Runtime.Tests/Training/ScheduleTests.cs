using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>The schedules against PyTorch's; make_schedule_goldens.py writes schedules.json.</summary>
public sealed class ScheduleTests
{
    private static readonly double[] Watched =
    [
        1.0, 0.9, 0.8999, 0.95, 0.91, 0.9, 0.7, 0.69999, 0.8, double.NaN, 0.75, 0.71, 0.7, 0.69, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7,
    ];

    private static readonly Dictionary<string, ISchedule> Cases = new()
    {
        ["step"] = new StepSchedule(3, 0.5) { Unit = ScheduleUnit.Step },
        ["exponential"] = new ExponentialSchedule(0.9) { Unit = ScheduleUnit.Step },
        ["cosine"] = new CosineSchedule(10, minRate: 0.01f),
        ["cosine-restarts"] = new CosineSchedule(4, minRate: 0.01f) { Restarts = true },
        ["cosine-growing-restarts"] = new CosineSchedule(3) { Restarts = true, Growth = 2 },
        ["one-cycle"] = new OneCycleSchedule(),
        ["one-cycle-linear"] = new OneCycleSchedule(20, pctStart: 0.5, divFactor: 10, finalDivFactor: 5) { Linear = true },
        ["one-cycle-short-rise"] = new OneCycleSchedule(10, pctStart: 0.01),
        ["one-cycle-all-rise"] = new OneCycleSchedule(10, pctStart: 1.0),
        ["warm-up"] = new WarmUpSchedule(5),
        ["warm-up-cosine"] = new WarmUpSchedule(4, new CosineSchedule(8), startFactor: 0.25),
        ["warm-up-step"] = new WarmUpSchedule(5, new StepSchedule(2, 0.5) { Unit = ScheduleUnit.Step }),
        ["plateau"] = new ReduceOnPlateauSchedule(patience: 2),
        ["plateau-absolute"] = new ReduceOnPlateauSchedule(0.5, patience: 1) { Threshold = 0.05, IsThresholdAbsolute = true, MinRate = 0.02f },
        ["plateau-cooldown"] = new ReduceOnPlateauSchedule(0.5, patience: 0) { Cooldown = 3, Monitor = EarlyStopping.Loss },
        ["plateau-higher"] = new ReduceOnPlateauSchedule(0.5, patience: 3) { Threshold = 0.01, Monitor = "accuracy" },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rates_equal_those_of_PyTorch(string name)
    {
        double[] expected = Goldens()[name];
        Assert.True(expected.Length >= 8);
        for (int step = 0; step < expected.Length; step++)
        {
            Assert.Equal(expected[step], Cases[name].LearningRate(At(step, expected.Length)), 1e-8);
        }
    }

    [Fact]
    public void Steps_and_exponents_count_epochs_unless_told_otherwise()
    {
        var state = new ScheduleState(Step: 25, TotalSteps: 100, Epoch: 2, StepsPerEpoch: 10, BaseRate: 0.8f);
        Assert.Equal(0.08f, new StepSchedule(2).LearningRate(state), 1e-7f);
        Assert.Equal(0.2f, new ExponentialSchedule(0.5).LearningRate(state), 1e-7f);
    }

    [Fact]
    public void A_fall_without_a_length_takes_all_of_training()
    {
        Assert.Equal(0.4f, new CosineSchedule().LearningRate(new ScheduleState(50, 100, 5, 10, 0.8f)), 1e-7f);
        Assert.Equal(0.4f, new WarmUpSchedule(20, new CosineSchedule()).LearningRate(new ScheduleState(60, 100, 6, 10, 0.8f)), 1e-7f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void A_training_as_short_as_its_warm_up_learns(int steps)
    {
        foreach ((ISchedule next, float first) in ((ISchedule, float)[])[(new CosineSchedule(), 0.5f), (new OneCycleSchedule(), 0.5f / 25)])
        {
            using var model = new Probe();
            History history = model.Fit(model.Data([.. Enumerable.Repeat(1f, steps * model.Width)]), new FitOptions
            {
                BatchSize = 1,
                Optimizer = new Sgd(0.5f),
                Schedule = new WarmUpSchedule(8, next, startFactor: 0.5),
                Progress = null,
            });
            Assert.Equal(steps, history.Steps.Count);
            Assert.All(history.Steps, step => Assert.Equal(first * double.Min(0.5 + (0.5 * (step.Step - 1) / 8), 1.0), step.LearningRate, 1e-7));
        }
    }

    [Fact]
    public void Behind_their_lengths_rates_stay()
    {
        var state = new ScheduleState(50, 100, 5, 10, 0.8f);
        Assert.Equal(0.01f, new CosineSchedule(10, 0.01f).LearningRate(state));
        Assert.Equal(0.8f / 25 / 1e4f, new OneCycleSchedule(10).LearningRate(state), 1e-9f);
    }

    [Fact]
    public void A_warm_up_stands_in_front_of_what_counts_epochs()
    {
        var schedule = new WarmUpSchedule(4, new StepSchedule(1, 0.5), startFactor: 0.5);
        Assert.Equal([0.5f, 0.625f, 0.375f, 0.4375f, 0.25f, 0.25f], Enumerable.Range(0, 6).Select(step => schedule.LearningRate(new ScheduleState(step, 6, step / 2, 2, 1f))));
    }

    [Fact]
    public void Fit_reduces_the_rate_where_the_validation_loss_does_not_fall()
    {
        using var model = new Probe();

        // The validation data's gradient is the opposite of the training data's: its loss rises in every epoch.
        History history = model.Fit(model.Data([1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f, 1f]), new FitOptions
        {
            Epochs = 6,
            BatchSize = 1,
            Optimizer = new Sgd(0.5f),
            Validation = model.Data([-1f, -1f, -1f, -1f, -1f]),
            Schedule = new ReduceOnPlateauSchedule(0.5, patience: 1),
            Progress = null,
        });
        Assert.Equal([0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.125f, 0.125f], history.Steps.Select(step => step.LearningRate));
    }

    [Fact]
    public void A_continued_history_continues_the_plateau()
    {
        using var whole = new SoftmaxRegression();
        using var halves = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(50);
        var schedule = new WarmUpSchedule(3, new ReduceOnPlateauSchedule(0.5, patience: 0) { Threshold = 0.5 });
        History expected = whole.Fit(data, Options(8, new Adam(0.1f), null));
        var optimizer = new Adam(0.1f);
        History history = halves.Fit(data, Options(3, optimizer, null));
        halves.Fit(data, Options(5, optimizer, history));
        Assert.Equal(expected.Steps, history.Steps);
        Assert.True(history.Steps[^1].LearningRate < 0.1f);

        FitOptions Options(int epochs, Optimizer adam, History? continued) => new()
        {
            Epochs = epochs,
            Optimizer = adam,
            Schedule = schedule,
            Validation = data,
            History = continued,
            Progress = null,
        };
    }

    [Fact]
    public void What_a_schedule_lacks_is_said_before_training()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(10);
        ArgumentException e = Assert.Throws<ArgumentException>(() => Fit(new WarmUpSchedule(2, new ReduceOnPlateauSchedule())));
        Assert.Equal("ReduceOnPlateauSchedule watches 'validation_loss', which needs Validation data.", e.Message);
        e = Assert.Throws<ArgumentException>(() => Fit(new CosineSchedule { Restarts = true }));
        Assert.Equal("A CosineSchedule that restarts needs the length of its first fall.", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new CosineSchedule(3) { Restarts = true, Growth = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(new ReduceOnPlateauSchedule { Cooldown = -1, Monitor = EarlyStopping.Loss }));

        void Fit(ISchedule schedule) => model.Fit(data, new FitOptions { Schedule = schedule, Progress = null });
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "infinite")]
    [InlineData(float.NegativeInfinity, "negatively infinite")]
    public void A_rate_that_is_not_finite_changes_nothing(float rate, string word)
    {
        using var model = new Probe();
        var history = new History();
        float[] x = [.. Enumerable.Repeat(1f, 4 * model.Width)];
        float[] before = [];
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Fit(model.Data(x), new FitOptions
        {
            BatchSize = 1,
            Optimizer = new Sgd(0.5f),
            Schedule = new CustomSchedule(state => state.Step == 2 ? rate : state.BaseRate),
            History = history,
            Progress = new Listener(_ => before = [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())]),
        }));
        Assert.Equal($"The schedule CustomSchedule made a learning rate that is {word} for step 3, of the optimizer's 0.5.", e.Message);
        Assert.Equal(2, history.Steps.Count);
        Assert.Equal(2u, model.TrainingCalls);
        Assert.Equal(before, model.Parameters.SelectMany(parameter => parameter.Values.ToArray()));
    }

    [Fact]
    public void A_metric_that_is_not_there_is_named()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(10);
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Fit(data, new FitOptions
        {
            Epochs = 2,
            Schedule = new ReduceOnPlateauSchedule { Monitor = "acuracy" },
            Validation = data,
            Progress = null,
        }));
        Assert.Equal("ReduceOnPlateauSchedule watches 'acuracy', but the validation data has only: accuracy, macro_f1, MeanTarget.", e.Message);
        Assert.Equal(0u, model.TrainingCalls);
        using var probe = new Probe();
        Dataset plain = probe.Data(new float[probe.Width]);
        e = Assert.Throws<ArgumentException>(() => probe.Fit(plain, new FitOptions { EarlyStopping = new EarlyStopping { Monitor = "accuracy" }, Validation = plain, Progress = null }));
        Assert.Equal("Early stopping watches 'accuracy', but the validation data has no metrics, only 'validation_loss'.", e.Message);
        Assert.Equal(0u, probe.TrainingCalls);
    }

    [Theory]
    [InlineData("accuracy")]
    [InlineData(EarlyStopping.ValidationLoss)]
    public void A_continued_history_without_what_is_watched_is_named(string monitor)
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(10);
        History history = model.Fit(data, new FitOptions { Progress = null });
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Fit(data, new FitOptions
        {
            Schedule = new WarmUpSchedule(2, new ReduceOnPlateauSchedule { Monitor = monitor }),
            Validation = data,
            History = history,
            Progress = null,
        }));
        Assert.Equal(
            $"ReduceOnPlateauSchedule watches '{monitor}', which epoch 1 of the history does not have: continue a history that was validated from its beginning, or begin a new one.", e.Message);
        Assert.Equal(1u, model.TrainingCalls);
    }

    [Fact]
    public void Settings_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialSchedule(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(pctStart: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpSchedule(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateauSchedule(1.0));
    }

    [Fact]
    public void Rates_are_found_without_allocations()
    {
        ScheduleState state = At(20, 24);
        Assert.All(Cases.Values, schedule => Assert.Equal(0, Allocations.Of(() => schedule.LearningRate(state))));
    }

    /// <summary>Epochs of one step each.</summary>
    private static ScheduleState At(int step, int total) => new(step, total, step, 1, 0.1f)
    {
        Epochs = [.. Watched.Take(step).Select((value, epoch) => new EpochRecord(epoch + 1, epoch + 1, value, value, new Dictionary<string, double> { ["accuracy"] = value }, 0))],
    };

    private static Dictionary<string, double[]> Goldens([CallerFilePath] string here = "") =>
        JsonSerializer.Deserialize<Dictionary<string, double[]>>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "schedules.json")))!;
}
