using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training.Devices;

/// <summary>Losses that are read long after their steps were given: what is started, who waits, and losses that are not finite.</summary>
public sealed class DeferredLossTests
{
    [OpenClTheory]
    [InlineData(null, 3)] // logits, loss; update
    [InlineData(1f, 5)] // the norm's squares and their sum
    public void A_step_starts_few_kernels(float? clipNorm, int expected)
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        Batch batch = SoftmaxRegression.Clusters(32).Batches(32).First();
        var optimizer = new Adam { ClipNorm = clipNorm };
        model.Step(SoftmaxRegression.LossEntry, batch, optimizer);
        long before = device.Accelerator!.Launches;
        model.Step(SoftmaxRegression.LossEntry, batch, optimizer);
        Assert.Equal(expected, device.Accelerator.Launches - before);
    }

    [OpenClFact]
    public void Steps_do_not_wait_for_their_losses()
    {
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        GpuAccelerator accelerator = device.Accelerator!;
        Dataset data = SoftmaxRegression.Clusters(128 * 4);
        Fit(1);
        var commands = new List<GpuCommand>();
        try
        {
            accelerator.Fault = commands.Add;
            Fit(1);
        }
        finally
        {
            accelerator.Fault = null;
        }

        // 128 steps: twice 64 losses at once, and the parameters at the end of the epoch.
        Assert.Equal(128 * 3, commands.Count(command => command == GpuCommand.Launch));
        Assert.InRange(Waits(commands), 3, 5);

        // Two inputs for each step.
        Assert.InRange(commands.Count(command => command == GpuCommand.Copy), 2 * 128, (2 * 128) + 6);

        void Fit(int epochs) => model.Fit(data, new FitOptions { Epochs = epochs, BatchSize = 4, Progress = null });
    }

    [OpenClFact]
    public void Steps_do_not_wait_for_large_inputs()
    {
        const int BatchSize = 300_000; // 2.4 MB of inputs: more than is staged
        Device device = OwnDevice.Open();
        using var model = new SoftmaxRegression(device: device);
        Dataset data = SoftmaxRegression.Clusters(4 * BatchSize);
        var commands = new List<GpuCommand>();
        try
        {
            device.Accelerator!.Fault = commands.Add;
            model.Fit(data, new FitOptions { Epochs = 1, BatchSize = BatchSize, Progress = null });
        }
        finally
        {
            device.Accelerator!.Fault = null;
        }

        // The losses, the parameters at the end, and what the beginning takes: not once for every step and input besides.
        Assert.InRange(Waits(commands), 1, 5);
    }

    [OpenClFact]
    public void A_step_allocates_nothing()
    {
        using SoftmaxRegression model = OnDevice();
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

    [OpenClTheory]
    [InlineData(1, 1)]
    [InlineData(17, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 1)]
    [InlineData(100, 1)]
    [InlineData(17, 3)]
    [InlineData(30, 40)]
    public void A_loss_that_is_not_finite_is_reported_for_its_step(int step, int accumulation)
    {
        const int BatchSize = 2;
        int examples = 110 * BatchSize * accumulation;
        float[] x = [.. Enumerable.Range(0, examples * 2).Select(i => (i % 5) / 5f)];
        int[] target = [.. Enumerable.Range(0, examples).Select(i => i % 3)];
        int badCall = ((step - 1) * accumulation) + (accumulation / 2);
        float[] infected = [.. x];
        infected[(badCall * BatchSize * 2) + 1] = float.NaN;
        Failure expected = Fail(new SoftmaxRegression());
        Failure actual = Fail(OnDevice());
        Assert.Equal(expected.Error.Message, actual.Error.Message);
        Assert.Equal(badCall + 1, actual.Error.Step);
        Assert.Equal("logits", actual.Error.Kernel);
        Assert.Equal((step - 1, (uint)badCall), (actual.Steps, actual.Calls));
        Assert.Equal((expected.Steps, expected.Calls), (actual.Steps, actual.Calls));
        Assert.All(expected.Values.Zip(actual.Values), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));

        // The optimizer's state is that of the last good step, too.
        Assert.All(expected.Later.Zip(actual.Later), pair => Assert.Equal(pair.First, pair.Second, 2e-5f));

        Failure Fail(SoftmaxRegression model)
        {
            using (model)
            {
                var optimizer = new Adam(0.01f);
                var history = new History();
                NonFiniteException error = Assert.Throws<NonFiniteException>(() => Fit(infected, history, null));
                uint calls = model.TrainingCalls;
                float[] values = Values(model);
                Fit(x, new History(), maxSteps: 5);
                return new Failure(error, history.Steps.Count, calls, values, Values(model));

                void Fit(float[] inputs, History record, long? maxSteps) => model.Fit(SoftmaxRegression.Data(inputs, target), new FitOptions
                {
                    BatchSize = BatchSize,
                    AccumulationSteps = accumulation,
                    Optimizer = optimizer,
                    History = record,
                    MaxSteps = maxSteps,
                    Shuffle = false,
                    Progress = null,
                });
            }
        }
    }

    [OpenClFact]
    public void A_step_of_ones_own_leaves_the_parameters_when_its_loss_is_not_finite()
    {
        using SoftmaxRegression model = OnDevice();
        Batch good = SoftmaxRegression.Clusters(8).Batches(8).First();
        Batch bad = SoftmaxRegression.Data(new float[] { 1f, float.PositiveInfinity }, new int[1]).Batches(1).First();
        model.Step(SoftmaxRegression.LossEntry, good, new Sgd(0.1f));
        float[] before = Values(model);
        NonFiniteException e = Assert.Throws<NonFiniteException>(() => model.Step(SoftmaxRegression.LossEntry, bad, new Sgd(0.1f)));
        Assert.Equal(2, e.Step);
        Assert.Contains("Already the input 'x' is infinite at position 1.", e.Message, StringComparison.Ordinal);
        Assert.Equal(before, Values(model));
        Assert.Equal(1u, model.TrainingCalls);
        model.Step(SoftmaxRegression.LossEntry, good, new Sgd(0.1f));
        Assert.NotEqual(before, Values(model));
    }

    [OpenClFact]
    public void A_loss_that_was_not_finite_does_not_stop_what_comes_later()
    {
        using SoftmaxRegression model = OnDevice();
        Batch bad = SoftmaxRegression.Data(new float[] { 1f, float.NaN }, new int[1]).Batches(1).First();
        Assert.Throws<NonFiniteException>(() => model.Gradients(SoftmaxRegression.LossEntry, bad));
        float before = model.Parameters["Fc.bias"].Values[1];
        foreach (Parameter parameter in model.Parameters)
        {
            parameter.Gradient.Fill(1f);
        }

        model.Update(SoftmaxRegression.LossEntry, new Sgd(0.5f));
        Assert.Equal(before - 0.5f, model.Parameters["Fc.bias"].Values[1]);
    }

    [OpenClFact]
    public void Cancellation_keeps_the_record_of_all_steps_that_were_given()
    {
        using SoftmaxRegression model = OnDevice();
        using var source = new CancellationTokenSource();
        var history = new History();
        int steps = 0;
        var options = new FitOptions
        {
            Epochs = 100,
            BatchSize = 10,
            History = history,
            CancellationToken = source.Token,
            Schedule = new CustomSchedule(state =>
            {
                if (++steps == 13)
                {
                    source.Cancel();
                }

                return state.BaseRate;
            }),
            Progress = null,
        };
        Assert.Throws<OperationCanceledException>(() => model.Fit(SoftmaxRegression.Clusters(100), options));
        Assert.Equal(13, history.Steps.Count);
        Assert.Single(history.Epochs);
        Assert.Equal(13u, model.TrainingCalls);
    }

    [OpenClFact]
    public void A_listener_is_told_of_every_step_at_once()
    {
        using SoftmaxRegression model = OnDevice();
        var seen = new List<(int Step, double Loss, uint Calls)>();
        History history = model.Fit(SoftmaxRegression.Clusters(100), new FitOptions
        {
            BatchSize = 10,
            Progress = new Listener(progress =>
            {
                if (progress.Finished is null)
                {
                    seen.Add((progress.Step, progress.Loss, model.TrainingCalls));
                }
            }),
        });
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (i, (uint)i)), seen.Select(step => (step.Step, step.Calls)));
        Assert.Equal(history.Steps[0].Loss, seen[0].Loss, 1e-6);
    }

    [OpenClFact]
    public void Labels_outside_the_classes_are_named_and_earlier_steps_are_recorded()
    {
        using SoftmaxRegression model = OnDevice();
        int[] target = [0, 1, 2, 0, 1, 3];
        var history = new History();
        ArgumentOutOfRangeException e = Assert.Throws<ArgumentOutOfRangeException>(() => model.Fit(
            SoftmaxRegression.Data(new float[12], target), new FitOptions { BatchSize = 2, Shuffle = false, History = history, Progress = null }));
        Assert.Contains("'target' holds 3 at position 1; its values must lie between 0 and 2", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, history.Steps.Count);
    }

    private static int Waits(List<GpuCommand> commands) => commands.Where((command, i) =>
        command == GpuCommand.Wait && i > 0 && commands[i - 1] == GpuCommand.Copy).Count();

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static SoftmaxRegression OnDevice() => new(device: OpenClDevice.Device);

    private sealed record Failure(NonFiniteException Error, int Steps, uint Calls, float[] Values, float[] Later);
}
