using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>Averages of parameters in a device's memory.</summary>
public sealed class DeviceAveragingTests
{
    [OpenClFact]
    public void Averages_are_those_of_the_processor()
    {
        using var cpu = new SoftmaxRegression();
        using var gpu = new SoftmaxRegression(device: OpenClDevice.Device);
        Dataset data = SoftmaxRegression.Clusters(100);
        History expected = cpu.Fit(data, Options(data, new ExponentialMovingAverage(0.9f)));
        History actual = gpu.Fit(data, Options(data, new ExponentialMovingAverage(0.9f)));
        Assert.All(expected.Epochs.Zip(actual.Epochs), pair => Assert.Equal(pair.First.ValidationLoss!.Value, pair.Second.ValidationLoss!.Value, 1e-5));
        Assert.All(Values(cpu).Zip(Values(gpu)), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));
    }

    [OpenClFact]
    public void Training_takes_the_same_course_to_the_last_bit()
    {
        using var plain = new SoftmaxRegression(device: OpenClDevice.Device);
        using var averaged = new SoftmaxRegression(device: OpenClDevice.Device);
        Dataset data = SoftmaxRegression.Clusters(100);
        var averaging = new ExponentialMovingAverage(0.9f) { UseAtEnd = false };
        History expected = plain.Fit(data, Options(data, null));
        History actual = averaged.Fit(data, Options(data, averaging));
        Assert.Equal(expected.Steps, actual.Steps);
        Assert.Equal(Values(plain), Values(averaged));
        using (averaged.UseAverage(averaging))
        {
            Assert.Equal(actual.Epochs[^1].ValidationLoss!.Value, averaged.Evaluate(data, 32).Loss, 1e-12);
            Assert.NotEqual(Values(plain), Values(averaged));
        }

        Assert.Equal(Values(plain), Values(averaged));
    }

    [OpenClFact]
    public void Steps_behind_a_loss_that_is_no_number_leave_the_average()
    {
        using var model = new SoftmaxRegression(device: OpenClDevice.Device);
        using var untroubled = new SoftmaxRegression(device: OpenClDevice.Device);
        var averaging = new ExponentialMovingAverage(0.5f) { UseAtEnd = false };
        var random = new Random(4);
        float[] x = [.. Enumerable.Range(0, 80).Select(_ => random.NextSingle())];
        Dataset good = SoftmaxRegression.Data(x.ToArray(), new int[40]);
        x[50] = float.NaN;
        FitOptions options = new() { BatchSize = 5, Shuffle = false, Optimizer = new Sgd(0.1f), Averaging = averaging, Progress = null };
        Assert.Throws<NonFiniteException>(() => model.Fit(SoftmaxRegression.Data(x, new int[40]), options));
        untroubled.Fit(good.Take(25), options);
        Assert.Equal(Values(untroubled), Values(model));
        using IDisposable average = model.UseAverage(averaging);
        using IDisposable other = untroubled.UseAverage(averaging);
        Assert.Equal(Values(untroubled), Values(model));
    }

    [OpenClFact]
    public void A_first_loss_that_is_no_number_begins_no_average()
    {
        using var model = new SoftmaxRegression(device: OpenClDevice.Device);
        var averaging = new ExponentialMovingAverage(1f) { UseAtEnd = false };
        FitOptions options = new() { BatchSize = 5, Averaging = averaging, Progress = null };
        Assert.Throws<NonFiniteException>(() => model.Fit(SoftmaxRegression.Data(Enumerable.Repeat(float.NaN, 80).ToArray(), new int[40]), options));
        Assert.Throws<ArgumentException>(() => model.UseAverage(averaging));
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Values.Fill(3f);
        }

        model.Fit(SoftmaxRegression.Clusters(40), options);
        using IDisposable average = model.UseAverage(averaging);
        Assert.All(Values(model), value => Assert.Equal(3f, value));
    }

    [OpenClFact]
    public void Early_stopping_restores_parameters_and_average()
    {
        using var model = new SoftmaxRegression(device: OpenClDevice.Device);
        Dataset data = SoftmaxRegression.Clusters(100);
        var averaging = new ExponentialMovingAverage(0.75f) { UseAtEnd = false };
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
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(parameters[history.BestEpoch - 1], Values(model));
        using IDisposable best = model.UseAverage(averaging);
        Assert.Equal(averages[history.BestEpoch - 1], Values(model));
    }

    private static FitOptions Options(Dataset validation, ExponentialMovingAverage? averaging) => new()
    {
        Epochs = 3,
        Optimizer = new AdamW(0.05f) { ClipNorm = 1f },
        Validation = validation,
        Averaging = averaging,
        Progress = null,
    };

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
