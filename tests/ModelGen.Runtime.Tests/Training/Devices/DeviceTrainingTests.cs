using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelGen.TestDevices;
using ModelGen.Tests.Training.Models;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Tests.Training.Devices;

/// <summary>Training on a device gives what training on the processor gives, but for rounding.</summary>
public sealed class DeviceTrainingTests(ITestOutputHelper output)
{
    /// <summary>How far losses may differ, as a share of them, within the first hundred steps.</summary>
    private const double LossTolerance = 1e-5;

    /// <summary>How far parameters may differ afterwards.</summary>
    private const float ParameterTolerance = 2e-5f;

    private static readonly Dictionary<string, Func<Optimizer>> Optimizers = new()
    {
        ["sgd"] = () => new Sgd(0.1f, weightDecay: 0.01f),
        ["momentum"] = () => new Sgd(0.05f, momentum: 0.9f, weightDecay: 0.01f),
        ["nesterov"] = () => new Sgd(0.05f, momentum: 0.9f, nesterov: true),
        ["adam"] = () => new Adam(0.01f, weightDecay: 0.01f),
        ["adamw"] = () => new AdamW(0.01f),
        ["rmsprop"] = () => new RmsProp(0.01f, weightDecay: 0.01f),
        ["rmsprop with momentum"] = () => new RmsProp(0.005f, momentum: 0.5f) { ClipNorm = 0.5f },
        ["rmsprop, centered"] = () => new RmsProp(0.01f, alpha: 0.9, momentum: 0.5f, centered: true),
        ["adagrad"] = () => new Adagrad(0.05f, learningRateDecay: 0.01, initialAccumulatorValue: 0.1f),
        ["lion"] = () => new Lion(0.002f, weightDecay: 0.1f),
        ["lamb"] = () => new Lamb(0.02f) { ClipValue = 0.1f },
        ["lamb in groups"] = () => new Lamb(0.02f) { MaxRatio = 2f, ClipNorm = 0.3f, Groups = [new("*.bias") { WeightDecay = 0f, LearningRateFactor = 3f }] },
        ["in groups"] = () => new AdamW(0.01f) { Groups = [new("*.bias") { LearningRateFactor = 2f, WeightDecay = 0f }] },
        ["frozen"] = () => new Adam(0.01f) { ClipNorm = 0.2f, Groups = [new("*.bias") { IsFrozen = true }] },
        ["clipped by value"] = () => new AdamW(0.01f) { ClipValue = 0.01f },
        ["clipped by norm"] = () => new Sgd(0.1f) { ClipNorm = 0.1f },
        ["clipped by both"] = () => new Sgd(0.1f, momentum: 0.5f) { ClipNorm = 0.2f, ClipValue = 0.05f },
        ["own"] = () => new OwnOptimizer(0.01f),
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    [OpenClTheory]
    [MemberData(nameof(Names))]
    public void The_first_hundred_losses_are_those_of_the_processor(string name)
    {
        using var cpu = new SoftmaxRegression(seed: 3);
        using SoftmaxRegression gpu = OnDevice(seed: 3);
        Dataset data = SoftmaxRegression.Clusters(320);
        History expected = cpu.Fit(data, Options(Optimizers[name]()));
        History actual = gpu.Fit(data, Options(Optimizers[name]()));
        Assert.Equal(100, actual.Steps.Count);
        Same(expected, actual);
        Close(Values(cpu), Values(gpu));
    }

    [OpenClTheory]
    [InlineData(3)]
    [InlineData(70)] // more batches in a step than there may be losses unread
    public void Accumulation_gives_the_same(int batches)
    {
        using var cpu = new SoftmaxRegression();
        using SoftmaxRegression gpu = OnDevice();
        Dataset data = SoftmaxRegression.Clusters(300);
        History expected = cpu.Fit(data, Accumulating());
        History actual = gpu.Fit(data, Accumulating());
        Same(expected, actual);
        Close(Values(cpu), Values(gpu));

        FitOptions Accumulating() => new()
        {
            Epochs = 4,
            BatchSize = 4,
            AccumulationSteps = batches,
            Optimizer = new Adam(0.01f) { ClipNorm = 0.5f },
            Progress = null,
        };
    }

    [OpenClFact]
    public void What_a_loss_does_not_train_stays_as_it_is()
    {
        using var cpu = new Probe(lengthA: 40, lengthB: 9);
        using var gpu = new Probe(lengthA: 40, lengthB: 9, OpenClDevice.Device);
        float[] before = Values(gpu);
        float[] x = [.. Enumerable.Range(0, cpu.Width).Select(i => (i % 7) - 3f)];
        foreach (Probe model in (Probe[])[cpu, gpu])
        {
            var optimizer = new AdamW(0.1f, weightDecay: 0.5f) { ClipNorm = 1f };
            model.Step(model.Loss, model.Batch(x), optimizer);
            model.Step(model.ALoss, model.Batch(x, model.ALoss), optimizer);
            model.Step(model.Loss, model.Batch(x), optimizer);
        }

        Close(Values(cpu), Values(gpu));
        float[] between = Values(gpu);
        gpu.Step(gpu.ALoss, gpu.Batch(x, gpu.ALoss), new Sgd(0.1f, weightDecay: 0.5f));
        Assert.Equal(between[40..], Values(gpu)[40..]);
        Assert.NotEqual(between[..40], Values(gpu)[..40]);
        Assert.NotEqual(before, between);
        Assert.All(gpu.Parameters["Blocks.0.B"].Gradient.ToArray(), value => Assert.Equal(0f, value));
    }

    /// <summary>Tensors of many chunks, and of less than one.</summary>
    [OpenClFact]
    public void Layerwise_steps_of_large_tensors_are_those_of_the_processor()
    {
        using var cpu = new Probe(lengthA: 20_001, lengthB: 4_097);
        using var gpu = new Probe(lengthA: 20_001, lengthB: 4_097, OpenClDevice.Device);
        float[] x = [.. Enumerable.Range(0, cpu.Width).Select(i => (i % 7) - 3f)];
        foreach (Probe model in (Probe[])[cpu, gpu])
        {
            var optimizer = new Lamb(0.1f);
            model.Step(model.ALoss, model.Batch(x, model.ALoss), optimizer);
            model.Step(model.Loss, model.Batch(x), optimizer);
            model.Step(model.Loss, model.Batch(x), optimizer);
        }

        Close(Values(cpu), Values(gpu));
    }

    [OpenClFact]
    public void Gradients_can_be_seen_added_up_and_written()
    {
        using var model = new Probe(device: OpenClDevice.Device);
        Assert.Equal([0f, 0f, 0f], model.Parameters["A"].Gradient.ToArray());
        model.Gradients(model.Loss, model.Batch([1f, 2f, 3f, 4f, 5f]));
        model.Gradients(model.Loss, model.Batch([10f, 20f, 30f, 40f, 50f]), accumulate: true);
        Assert.Equal([11f, 22f, 33f], model.Parameters["A"].Gradient.ToArray());
        Assert.Equal([55f], model.Parameters["Blocks.1.B"].Gradient.ToArray());
        float before = model.Parameters["A"].Values[1];
        model.Parameters["A"].Gradient[1] = 2f;
        model.Update(model.Loss, new Sgd(0.5f));
        Assert.Equal(before - 1f, model.Parameters["A"].Values[1]);
    }

    [OpenClFact]
    public void Values_that_are_written_count()
    {
        using var cpu = new SoftmaxRegression();
        using SoftmaxRegression gpu = OnDevice();
        Dataset data = SoftmaxRegression.Clusters(32);
        foreach (SoftmaxRegression model in (SoftmaxRegression[])[cpu, gpu])
        {
            var optimizer = new Adam(0.01f);
            for (int step = 0; step < 5; step++)
            {
                model.Step(SoftmaxRegression.LossEntry, data.Batches(32).First(), optimizer);
                model.Parameters["Fc.bias"].Values[1] = step;
            }
        }

        Assert.Equal(4f, gpu.Parameters["Fc.bias"].Values[1]);
        Close(Values(cpu), Values(gpu));
        Close(Predicted(cpu), Predicted(gpu));
    }

    [OpenClFact]
    public void Parameters_travel_through_files()
    {
        using SoftmaxRegression trained = OnDevice(seed: 8);
        using var cpu = new SoftmaxRegression(seed: 9);
        using SoftmaxRegression gpu = OnDevice(seed: 10);
        trained.Fit(SoftmaxRegression.Clusters(100), Options(new Adam(0.01f)));
        using var file = new MemoryStream();
        trained.Save(file);
        file.Position = 0;
        cpu.Load(file);
        file.Position = 0;
        gpu.Load(file);
        Assert.Equal(Values(trained), Values(cpu));
        Assert.Equal(Values(trained), Values(gpu));
        Assert.Equal(Predicted(trained), Predicted(gpu));
        Close(Predicted(cpu), Predicted(gpu));
    }

    [OpenClFact]
    public void Early_stopping_restores_the_best_parameters()
    {
        using var model = new Probe(device: OpenClDevice.Device);
        Dataset data = model.Data([1f, 1f, 1f, 1f, 1f]);
        float[][] after = new float[9][];
        History history = model.Fit(data, new FitOptions
        {
            Epochs = 9,
            Optimizer = new Sgd(0.1f),
            Schedule = new CustomSchedule(state => state.Epoch < 3 ? 0.1f : -0.1f),
            Validation = data,
            EarlyStopping = new EarlyStopping { Patience = 2 },
            Progress = new Listener(progress => after[progress.Epoch - 1] = Values(model)),
        });
        Assert.Equal(StopReason.NoImprovement, history.StopReason);
        Assert.Equal(3, history.BestEpoch);
        Assert.Equal(after[2], Values(model));
    }

    [OpenClFact]
    public void Evaluation_gives_the_same()
    {
        using var cpu = new SoftmaxRegression();
        using SoftmaxRegression gpu = OnDevice();
        Dataset data = SoftmaxRegression.Clusters(300);
        FitOptions options = new() { Epochs = 5, Optimizer = new Adam(0.05f), Validation = SoftmaxRegression.Clusters(90, seed: 6), Progress = null };
        History expected = cpu.Fit(data, options);
        History actual = gpu.Fit(data, options);
        foreach ((EpochRecord e, EpochRecord a) in expected.Epochs.Zip(actual.Epochs))
        {
            Assert.Equal(e.Loss, a.Loss, LossTolerance * e.Loss);
            Assert.Equal(e.ValidationLoss!.Value, a.ValidationLoss!.Value, LossTolerance * e.ValidationLoss.Value);
            Assert.Equal(e.Metrics, a.Metrics);
        }

        Assert.Equal(cpu.Evaluate(data).Accuracy, gpu.Evaluate(data, batchSize: 64).Accuracy);
    }

    private static FitOptions Options(Optimizer optimizer) => new() { Epochs = 10, Optimizer = optimizer, Progress = null };

    private static float[] Predicted(SoftmaxRegression model)
    {
        float[] predict = new float[30];
        model.Predict([.. Enumerable.Range(0, 20).Select(i => i / 10f)], 10, predict);
        return predict;
    }

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static void Close(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, ParameterTolerance));
    }

    private void Same(History expected, History actual)
    {
        Assert.Equal(expected.Steps.Count, actual.Steps.Count);
        output.WriteLine($"{OpenClDevice.Device}: losses differ by up to "
            + $"{expected.Steps.Zip(actual.Steps).Max(pair => Math.Abs((pair.Second.Loss / pair.First.Loss) - 1)):e1} of themselves");
        foreach ((StepRecord e, StepRecord a) in expected.Steps.Zip(actual.Steps))
        {
            Assert.Equal(e with { Loss = 0 }, a with { Loss = 0 });
            Assert.Equal(e.Loss, a.Loss, LossTolerance * e.Loss);
        }
    }

    private static SoftmaxRegression OnDevice(ulong seed = 1) => new(seed, OpenClDevice.Device);
}
