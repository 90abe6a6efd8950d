using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>Averages of parameters. On devices they are among <see cref="Devices.DeviceAveragingTests"/>.</summary>
public sealed class AveragingTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(0.75f)]
    [InlineData(1f)]
    public void The_average_is_that_of_the_formula(float decay)
    {
        using var model = new Probe(lengthA: 37, lengthB: 9);
        double[] expected = [.. Values(model).Select(value => (double)value)];
        model.Fit(model.Data(Random(20 * model.Width)), new FitOptions
        {
            BatchSize = 1,
            Optimizer = new Adam(0.05f),
            Averaging = new ExponentialMovingAverage(decay),
            Progress = new Listener(progress =>
            {
                float[] parameters = Values(model);
                expected = progress.Finished is null ? [.. expected.Zip(parameters, (average, value) => (decay * average) + ((1 - decay) * value))] : expected;
            }),
        });
        Assert.All(expected.Zip(Values(model)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Training_takes_the_same_course_to_the_last_bit()
    {
        using var plain = new SoftmaxRegression();
        using var averaged = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(100);
        History expected = plain.Fit(data, Options(new AdamW(0.1f) { ClipNorm = 1f }, data, null));
        History actual = averaged.Fit(data, Options(new AdamW(0.1f) { ClipNorm = 1f }, data, new ExponentialMovingAverage(0.9f) { UseAtEnd = false }));
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(Bits(plain), Bits(averaged));
        Assert.Equal(expected.Epochs.Select(epoch => epoch.Loss), actual.Epochs.Select(epoch => epoch.Loss));
        Assert.All(expected.Epochs.Zip(actual.Epochs), pair => Assert.NotEqual(pair.First.ValidationLoss, pair.Second.ValidationLoss));
    }

    [Fact]
    public void Validation_and_those_who_ask_see_the_average()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(100);
        var averaging = new ExponentialMovingAverage(0.9f) { UseAtEnd = false };
        History history = model.Fit(data, Options(new Adam(0.1f), data, averaging));
        uint[] trained = Bits(model);
        using var file = new MemoryStream();
        using (model.UseAverage(averaging))
        {
            Assert.Equal(history.Epochs[^1].ValidationLoss!.Value, model.Evaluate(data, 32).Loss, 1e-12);
            model.Save(file);
            Assert.Throws<InvalidOperationException>(() => model.Fit(data, Options(new Adam(), data, null)));
            Assert.Throws<InvalidOperationException>(() => model.UseAverage(averaging));
            Assert.NotEqual(trained, Bits(model));
        }

        Assert.Equal(trained, Bits(model));
        using var loaded = new SoftmaxRegression(seed: 9);
        file.Position = 0;
        loaded.Load(file);
        using IDisposable average = model.UseAverage(averaging);
        Assert.Equal(Bits(loaded), Bits(model));
        average.Dispose();
        average.Dispose();
        Assert.Equal(trained, Bits(model));
    }

    [Fact]
    public void The_model_ends_with_the_average()
    {
        using var kept = new SoftmaxRegression();
        using var ended = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(100);
        var averaging = new ExponentialMovingAverage(0.9f) { UseAtEnd = false };
        kept.Fit(data, Options(new Adam(0.1f), data, averaging));
        var last = new ExponentialMovingAverage(0.9f);
        ended.Fit(data, Options(new Adam(0.1f), data, last));
        using IDisposable average = kept.UseAverage(averaging);
        Assert.Equal(Bits(kept), Bits(ended));
        using IDisposable same = ended.UseAverage(last);
        Assert.Equal(Bits(kept), Bits(ended));
    }

    [Fact]
    public void A_continued_training_continues_the_average()
    {
        using var whole = new SoftmaxRegression();
        using var halves = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(100);
        (Adam one, Adam two) = (new Adam(0.1f), new Adam(0.1f));
        var averaging = new ExponentialMovingAverage(0.9f) { UseAtEnd = false };
        whole.Fit(data, Options(one, data, averaging, epochs: 4));
        History history = halves.Fit(data, Options(two, data, averaging, epochs: 1));
        halves.Fit(data, Options(two, data, averaging, epochs: 3, history));
        using IDisposable average = whole.UseAverage(averaging);
        using IDisposable other = halves.UseAverage(averaging);
        Assert.Equal(Bits(whole), Bits(halves));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Early_stopping_restores_what_it_judged_or_what_was_trained(bool useAtEnd)
    {
        using var model = new Probe();
        Dataset data = model.Data([1f, 1f, 1f, 1f, 1f]);
        var averaging = new ExponentialMovingAverage(0.75f) { UseAtEnd = useAtEnd };
        List<float[]> averages = [], parameters = [];
        History history = model.Fit(data, new FitOptions
        {
            Epochs = 12,
            Optimizer = new Sgd(0.1f),
            Schedule = new CustomSchedule(state => state.Epoch < 3 ? 0.1f : -0.1f),
            Validation = data,
            Averaging = averaging,
            EarlyStopping = new EarlyStopping { Patience = 2 },
            Progress = new Listener(progress =>
            {
                if (progress.Finished is not null)
                {
                    parameters.Add(Values(model));
                    using IDisposable average = model.UseAverage(averaging);
                    averages.Add(Values(model));
                }
            }),
        });

        // The average still falls in the epoch in which the parameters turn.
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(4, history.BestEpoch);
        Assert.Equal(6, history.Epochs.Count);
        Assert.Equal(useAtEnd ? averages[3] : parameters[3], Values(model));
        using IDisposable best = model.UseAverage(averaging);
        Assert.Equal(averages[3], Values(model));
    }

    [Fact]
    public void A_training_that_failed_before_its_first_update_begins_no_average()
    {
        using var model = new Probe();
        var averaging = new ExponentialMovingAverage(1f) { UseAtEnd = false };
        Dataset data = model.Data(Random(10 * model.Width));
        float[] infinite = new float[model.Width];
        infinite[2] = float.PositiveInfinity;
        Assert.Throws<ArgumentException>(() => Fit(data, new Adam { Groups = [new("missing")] }));
        Assert.Throws<NonFiniteException>(() => Fit(model.Data(infinite), new Adam()));
        Assert.Throws<InsufficientMemoryException>(() => Fit(data, new OwnOptimizer(0.1f) { Before = _ => throw new InsufficientMemoryException() }));
        Assert.Throws<ArgumentException>(() => model.UseAverage(averaging));
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Values.Fill(3f);
        }

        Fit(data, new Adam());
        Assert.DoesNotContain(3f, Values(model));
        using IDisposable average = model.UseAverage(averaging);
        Assert.All(Values(model), value => Assert.Equal(3f, value));

        void Fit(Dataset examples, Optimizer optimizer) => model.Fit(examples, new FitOptions { Optimizer = optimizer, Averaging = averaging, Progress = null });
    }

    [Fact]
    public void Only_what_the_loss_trains_is_averaged()
    {
        using var model = new Probe();
        float[] x = Random(10 * model.Width);
        var averaging = new ExponentialMovingAverage(0.5f) { UseAtEnd = false };
        model.Fit(model.Data(x, model.ALoss), new FitOptions { Averaging = averaging, Progress = null });
        model.Parameters["Blocks.0.B"].Values[0] = 42f;
        using IDisposable average = model.UseAverage(averaging);
        Assert.Equal(42f, model.Parameters["Blocks.0.B"].Values[0]);
    }

    [Fact]
    public void What_frozen_groups_leave_is_its_own_average()
    {
        using var model = new Probe();
        float before = model.Parameters["A"].Values[1];
        var adam = new Adam(0.1f) { Groups = [new("A") { IsFrozen = true }] };
        model.Fit(model.Data(Random(10 * model.Width)), new FitOptions { Optimizer = adam, Averaging = new ExponentialMovingAverage(0.5f), Progress = null });
        Assert.Equal(before, model.Parameters["A"].Values[1]);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        uint[] one = Averaged(1);
        Assert.Equal(one, Averaged(2));
        Assert.Equal(one, Averaged(7));
    }

    [Fact]
    public void What_cannot_be_is_said()
    {
        using var model = new Probe();
        var averaging = new ExponentialMovingAverage();
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.UseAverage(averaging));
        Assert.StartsWith("Probe has not been trained with this averaging.", e.Message, StringComparison.Ordinal);
        model.Fit(model.Data(Random(model.Width)), new FitOptions { Averaging = averaging, Progress = null });
        e = Assert.Throws<ArgumentException>(() => model.UseAverage(new ExponentialMovingAverage()));
        Assert.StartsWith("Probe has not been trained with this averaging.", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => model.Fit(model.Data(Random(model.Width), model.ALoss), new FitOptions { Averaging = averaging, Progress = null }));
        Assert.Equal("This ExponentialMovingAverage averages what the loss 'Loss' trains; use another one for 'ALoss'.", e.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(1.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExponentialMovingAverage(-0.1f));
    }

    [Fact]
    public void Training_does_not_go_on_from_an_average_in_the_parameters_place()
    {
        using var model = new Probe();
        var averaging = new ExponentialMovingAverage();
        List<IDisposable> forgotten = [];
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Fit(model.Data(Random(4 * model.Width)), new FitOptions
        {
            BatchSize = 1,
            Averaging = averaging,
            Progress = new Listener(_ => forgotten.Add(model.UseAverage(averaging))),
        }));
        Assert.Contains("dispose of what UseAverage gave before training goes on", e.Message, StringComparison.Ordinal);
        forgotten[0].Dispose();
    }

    [Theory]
    [InlineData(false, 1)] // after a step
    [InlineData(false, 4)] // after the last step of an epoch
    [InlineData(true, 8)] // after the last epoch
    public void What_UseAverage_gave_brings_the_parameters_back_also_after_training_failed_of_it(bool useAtEnd, int step)
    {
        using var model = new Probe();
        var averaging = new ExponentialMovingAverage(0.5f) { UseAtEnd = useAtEnd };
        var adam = new Adam(0.1f);
        float[] x = Random(4 * model.Width);
        (uint[] trained, uint[] average, uint calls) = ([], [], 0);
        IDisposable? forgotten = null;
        FitOptions options = new()
        {
            Epochs = 2,
            BatchSize = 1,
            Optimizer = adam,
            Averaging = averaging,
            Progress = new Listener(progress =>
            {
                if ((((progress.Epoch - 1) * progress.StepsPerEpoch) + progress.Step, progress.Finished is not null) == (step, useAtEnd) && forgotten is null)
                {
                    trained = Bits(model);
                    calls = model.TrainingCalls;
                    forgotten = model.UseAverage(averaging);
                    average = Bits(model);
                }
            }),
        };
        Assert.Throws<InvalidOperationException>(() => model.Fit(model.Data(x), options));
        Assert.NotNull(forgotten);
        Assert.Equal(calls, model.TrainingCalls);
        Assert.Equal(average, Bits(model));
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Step(model.Loss, model.Batch(x), adam));
        Assert.Equal("An average is in the place of the parameters: dispose of what UseAverage gave before parameters change.", e.Message);
        forgotten.Dispose();
        Assert.Equal(trained, Bits(model));
        using (model.UseAverage(averaging))
        {
            Assert.Equal(average, Bits(model));
        }

        model.Fit(model.Data(x), new FitOptions { Optimizer = adam, Averaging = averaging, Progress = null });
    }

    [Fact]
    public void Another_averages_place_is_no_place_to_train_from()
    {
        using var model = new Probe();
        (ExponentialMovingAverage one, ExponentialMovingAverage two) = (new(0.5f) { UseAtEnd = false }, new(0.9f) { UseAtEnd = false });
        float[] x = Random(4 * model.Width);
        model.Fit(model.Data(x), new FitOptions { Averaging = one, Progress = null });
        IDisposable? forgotten = null;
        Assert.Throws<InvalidOperationException>(() => model.Fit(model.Data(x), new FitOptions { BatchSize = 1, Averaging = two, Progress = new Listener(_ => forgotten ??= model.UseAverage(one)) }));
        forgotten!.Dispose();
    }

    [Fact]
    public void One_average_at_a_time_is_in_place()
    {
        using var model = new Probe();
        (ExponentialMovingAverage one, ExponentialMovingAverage two) = (new(0.5f) { UseAtEnd = false }, new(0.9f) { UseAtEnd = false });
        uint[] trained = [];
        foreach (ExponentialMovingAverage averaging in (ExponentialMovingAverage[])[one, two])
        {
            model.Fit(model.Data(Random(4 * model.Width)), new FitOptions
            {
                BatchSize = 4,
                Averaging = averaging,
                Progress = new Listener(progress =>
                {
                    if (averaging == two && progress.Finished is not null)
                    {
                        trained = Bits(model);
                        using IDisposable first = model.UseAverage(one);
                        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.UseAverage(two));
                        Assert.Equal("An average is in the place of the parameters: dispose of what UseAverage gave before another one takes it.", e.Message);
                    }
                }),
            });
        }

        Assert.NotEmpty(trained);
        Assert.Equal(trained, Bits(model));
    }

    [Fact]
    public void Averaging_allocates_nothing()
    {
        using var model = new Probe(lengthA: 20_000);
        using TrainingExecution execution = model.Execution.NewTraining();
        using var average = new AverageState(execution, model.Loss, new TrainedParameters(model.Parameters, model.Loss, new ParameterGroup?[model.Parameters.Count]));
        Assert.Equal(0, Allocations.Of(() => average.Update(0.5f)));
        Assert.Equal(0, Allocations.Of(average.Exchange));
    }

    private static uint[] Averaged(int threads)
    {
        using var model = new Probe(lengthA: 150_001, lengthB: 70_003, Device.CpuWith(threads));
        model.Fit(model.Data(Random(3 * model.Width)), new FitOptions { BatchSize = 1, Averaging = new ExponentialMovingAverage(0.3f), Progress = null });
        return Bits(model);
    }

    private static FitOptions Options(Optimizer optimizer, Dataset validation, ExponentialMovingAverage? averaging, int epochs = 3, History? history = null) => new()
    {
        Epochs = epochs,
        Optimizer = optimizer,
        Validation = validation,
        Averaging = averaging,
        History = history,
        Progress = null,
    };

    private static float[] Random(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static uint[] Bits(Model model) => [.. Values(model).Select(BitConverter.SingleToUInt32Bits)];
}
