using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>All kernels of a training step are compiled together, and are counted together by <see cref="Device.KernelsCompiling"/>.</summary>
public sealed class TrainingCompilationTests
{
    [OpenClFact]
    public void The_first_step_compiles_everything_at_once()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        Batch batch = SoftmaxRegression.Clusters(32).Batches(32).First();

        // Logits, loss; the norm's squares and their sum, update.
        Assert.Equal(["Loss: 0 of 5", "Loss: 1 of 5", "Loss: 2 of 5", "Loss: 3 of 5", "Loss: 4 of 5", "Loss: 5 of 5"], Compiled(() =>
            model.Step(SoftmaxRegression.LossEntry, batch, new Adam { ClipNorm = 1f })));
        Assert.Equal(5, device.Accelerator!.Compiled);
        Assert.Empty(Compiled(() => model.Step(SoftmaxRegression.LossEntry, batch, new AdamW { ClipNorm = 1f })));
        Assert.Equal(["Loss: 0 of 1", "Loss: 1 of 1"], Compiled(() => model.Step(SoftmaxRegression.LossEntry, batch, new OwnOptimizer(0.1f))));
    }

    [OpenClFact]
    public void So_does_the_first_step_that_accumulates()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        var options = new FitOptions { BatchSize = 4, AccumulationSteps = 2, Optimizer = new Sgd(0.1f), Progress = null };

        // Logits, loss, sum of gradients, update.
        Assert.Equal("Loss: 0 of 4", Compiled(() => model.Fit(SoftmaxRegression.Clusters(32), options))[0]);
        Assert.Equal(4, device.Accelerator!.Compiled);
    }

    [OpenClFact]
    public void So_does_an_update_of_ones_own()
    {
        using var model = new SoftmaxRegression(device: OwnDevice.Open());
        Assert.Equal(
            ["SoftmaxRegression's update: 0 of 3", "SoftmaxRegression's update: 1 of 3", "SoftmaxRegression's update: 2 of 3", "SoftmaxRegression's update: 3 of 3"],
            Compiled(() => model.Update(SoftmaxRegression.LossEntry, new Adam { ClipNorm = 1f })));
    }

    [OpenClFact]
    public void Asking_an_optimizer_for_its_rules_changes_nothing()
    {
        using var model = new SoftmaxRegression(device: OpenClDevice.Device);
        Batch batch = SoftmaxRegression.Clusters(8).Batches(8).First();
        model.Gradients(SoftmaxRegression.LossEntry, batch);
        float[] expected = [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray().Zip(parameter.Gradient.ToArray(), static (value, gradient) => value - (0.5f * gradient)))];
        model.Update(SoftmaxRegression.LossEntry, new Sgd(0.5f));
        Assert.All(expected.Zip(model.Parameters.SelectMany(parameter => parameter.Values.ToArray())), pair => Assert.Equal(pair.First, pair.Second, 1e-6f));
    }

    [OpenClFact]
    public void A_handler_that_calls_the_model_is_told_what_to_do()
    {
        using var model = new SoftmaxRegression(device: OwnDevice.Open());
        Batch batch = SoftmaxRegression.Clusters(8).Batches(8).First();
        float[] predict = new float[3];
        Refused(() => model.Predict([1f, 2f], 1, predict), () => model.Step(SoftmaxRegression.LossEntry, batch, new Sgd(0.1f)));
        Refused(() => model.Step(SoftmaxRegression.LossEntry, batch, new Adam()), () => model.Predict([1f, 2f], 1, new float[3]));
        Refused(() => model.Step(SoftmaxRegression.LossEntry, batch, new OwnOptimizer(0.1f)), model.Dispose);

        // The calls themselves are none the worse.
        using var undisturbed = new SoftmaxRegression(device: model.Device);
        float[] expected = new float[3];
        undisturbed.Predict([1f, 2f], 1, expected);
        Assert.Equal(expected, predict);
        undisturbed.Step(SoftmaxRegression.LossEntry, batch, new Adam());
        undisturbed.Step(SoftmaxRegression.LossEntry, batch, new OwnOptimizer(0.1f));
        undisturbed.Predict([1f, 2f], 1, expected);
        model.Predict([1f, 2f], 1, predict);
        Assert.Equal(expected, predict);
    }

    [OpenClFact]
    public void A_handler_may_call_another_model()
    {
        using var model = new SoftmaxRegression(device: OwnDevice.Open());
        using var other = new SoftmaxRegression(device: model.Device);
        float[] expected = new float[3];
        float[] predict = new float[3];
        WhileCompiling(() => other.Predict([1f, 2f], 1, expected), () => model.Predict([1f, 2f], 1, predict));
        Assert.Equal(expected, predict);
    }

    private static void Refused(Action call, Action within)
    {
        InvalidOperationException? error = null;
        WhileCompiling(() => error ??= Assert.Throws<InvalidOperationException>(within), call);
        Assert.Contains("is compiling its kernels. A handler of Device.KernelsCompiling must neither call nor dispose of that model", error?.Message, StringComparison.Ordinal);
    }

    private static void WhileCompiling(Action handle, Action action)
    {
        int thread = Environment.CurrentManagedThreadId;
        bool isInside = false;
        EventHandler<KernelsCompilingEventArgs> listener = (_, _) =>
        {
            if (Environment.CurrentManagedThreadId == thread && !isInside)
            {
                isInside = true;
                handle();
                isInside = false;
            }
        };
        Device.KernelsCompiling += listener;
        try
        {
            action();
        }
        finally
        {
            Device.KernelsCompiling -= listener;
        }
    }

    /// <summary>What is told while something runs.</summary>
    private static List<string> Compiled(Action action)
    {
        var seen = new List<string>();
        int thread = Environment.CurrentManagedThreadId;
        EventHandler<KernelsCompilingEventArgs> listener = (_, progress) =>
        {
            if (Environment.CurrentManagedThreadId == thread)
            {
                seen.Add(progress.ToString().Replace("compiling kernels for ", string.Empty, StringComparison.Ordinal));
            }
        };
        Device.KernelsCompiling += listener;
        try
        {
            action();
        }
        finally
        {
            Device.KernelsCompiling -= listener;
        }

        return seen;
    }
}
