using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>The optimizers against PyTorch's, or a few lines of PyTorch, for the gradients that make_optimizer_goldens.py describes.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public void An_update_that_failed_is_not_counted()
    {
        using var model = new Probe();
        Batch batch = model.Batch([1f, 2f, 3f, 4f, 5f]);
        List<long> numbers = [];
        int fails = 1;
        var optimizer = new OwnOptimizer(0.1f)
        {
            Groups = [new("A"), new("*")],
            Before = number =>
            {
                numbers.Add(number);
                if (fails-- == 0)
                {
                    throw new InsufficientMemoryException();
                }
            },
        };

        // The second of two ranges fails: the first has been changed, and counts.
        Assert.Throws<InsufficientMemoryException>(() => model.Step(model.Loss, batch, optimizer));
        fails = 0;
        Assert.Throws<InsufficientMemoryException>(() => model.Step(model.Loss, batch, optimizer));
        model.Step(model.Loss, batch, optimizer);
        Assert.Equal([1, 1, 2, 2, 1], numbers);
    }

    private const int Count = 5;

    private static readonly ParameterGroup[] Groups = [new("A") { LearningRateFactor = 10f }, new("*.1.B") { WeightDecay = 0f }];

    private static readonly Dictionary<string, Func<Optimizer>> Cases = new()
    {
        ["sgd"] = () => new Sgd(0.1f),
        ["sgd-decay"] = () => new Sgd(0.1f, weightDecay: 0.1f),
        ["sgd-momentum"] = () => new Sgd(0.1f, momentum: 0.9f, weightDecay: 0.1f),
        ["sgd-nesterov"] = () => new Sgd(0.1f, momentum: 0.9f, nesterov: true),
        ["adam"] = () => new Adam(0.01f),
        ["adam-decay"] = () => new Adam(0.01f, weightDecay: 0.1f),
        ["adamw"] = () => new AdamW(0.01f),
        ["adamw-decay"] = () => new AdamW(0.01f, 0.8, 0.95, 1e-6, 0.5f),
        ["rmsprop"] = () => new RmsProp(0.01f),
        ["rmsprop-decay"] = () => new RmsProp(0.01f, alpha: 0.9, epsilon: 1e-3, weightDecay: 0.1f),
        ["rmsprop-momentum"] = () => new RmsProp(0.01f, momentum: 0.9f, weightDecay: 0.1f),
        ["rmsprop-centered"] = () => new RmsProp(0.01f, alpha: 0.9, centered: true),
        ["rmsprop-centered-momentum"] = () => new RmsProp(0.01f, momentum: 0.5f, centered: true, weightDecay: 0.1f),
        ["adagrad"] = () => new Adagrad(0.1f),
        ["adagrad-decay"] = () => new Adagrad(0.1f, learningRateDecay: 0.1, weightDecay: 0.1f, initialAccumulatorValue: 0.5f, epsilon: 1e-3),
        ["lion"] = () => new Lion(0.01f),
        ["lion-decay"] = () => new Lion(0.01f, 0.8, 0.95, weightDecay: 0.5f),
        ["lamb"] = () => new Lamb(0.01f),
        ["lamb-decay"] = () => new Lamb(0.01f, 0.8, 0.95, 1e-3, 0.5f),
        ["lamb-limited"] = () => new Lamb(0.01f) { MaxRatio = 0.25f },
        ["sgd-clip-norm"] = () => new Sgd(0.1f) { ClipNorm = 0.5f },
        ["sgd-clip-value"] = () => new Sgd(0.1f) { ClipValue = 0.25f },
        ["lamb-clip-norm"] = () => new Lamb(0.01f) { ClipNorm = 0.5f },
        ["sgd-groups"] = () => new Sgd(0.01f, momentum: 0.9f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["adam-groups"] = () => new Adam(0.01f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["adamw-groups"] = () => new AdamW(0.01f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["rmsprop-groups"] = () => new RmsProp(0.01f, momentum: 0.5f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["adagrad-groups"] = () => new Adagrad(0.01f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["lion-groups"] = () => new Lion(0.01f, weightDecay: 0.5f) { Groups = [.. Groups] },
        ["lamb-groups"] = () => new Lamb(0.01f, weightDecay: 0.5f) { Groups = [.. Groups] },
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_equal_those_of_PyTorch(string name)
    {
        using var model = new Probe(lengthA: 3, lengthB: 1);
        Span<float> start = [-0.5f, -0.25f, 0f, 0.25f, 0.5f];
        Write(model, start);
        Optimizer optimizer = Cases[name]();
        float[][] expected = Goldens()[name];
        Assert.Equal(20, expected.Length);
        for (int step = 0; step < expected.Length; step++)
        {
            model.Step(model.Loss, model.Batch(Gradient(step)), optimizer);
            float[] actual = Read(model);
            for (int i = 0; i < Count; i++)
            {
                Assert.Equal(expected[step][i], actual[i], 2e-6f);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Any_number_of_threads_gives_the_same_bits(string name)
    {
        float[] one = Trained(name, threads: 1);
        Assert.Equal(one, Trained(name, threads: 2));
        Assert.Equal(one, Trained(name, threads: 7));
    }

    [Fact]
    public void Parameters_that_a_loss_does_not_train_stay_as_they_are_also_with_weight_decay()
    {
        using var model = new Probe(lengthA: 40, lengthB: 9);
        float[] before = Read(model);
        var optimizer = new AdamW(0.1f, weightDecay: 0.5f) { ClipNorm = 1f };
        model.Step(model.ALoss, model.Batch(Random(model.Width, 3), model.ALoss), optimizer);
        float[] after = Read(model);
        Assert.Equal(before[40..], after[40..]);
        Assert.All(Enumerable.Range(0, 40), i => Assert.NotEqual(before[i], after[i]));
    }

    [Fact]
    public void Every_parameter_counts_its_own_steps()
    {
        using var shared = new Probe(lengthA: 20, lengthB: 5);
        using var alone = new Probe(lengthA: 20, lengthB: 5);
        float[] x = Random(shared.Width, 11);
        var adam = new Adam(0.01f);
        shared.Step(shared.ALoss, shared.Batch(x, shared.ALoss), adam);
        shared.Step(shared.ALoss, shared.Batch(x, shared.ALoss), adam);
        shared.Step(shared.Loss, shared.Batch(x), adam);
        alone.Step(alone.Loss, alone.Batch(x), new Adam(0.01f));

        // The blocks saw one step in both models, A three and one.
        Assert.Equal(Read(alone)[20..], Read(shared)[20..]);
        Assert.NotEqual(Read(alone)[..20], Read(shared)[..20]);
    }

    [Fact]
    public void One_optimizer_serves_two_models()
    {
        using var first = new Probe();
        using var second = new Probe();
        using var reference = new Probe();
        var adam = new Adam(0.01f);
        float[] x = Random(first.Width, 2);
        first.Step(first.Loss, first.Batch(x), adam);
        second.Step(second.Loss, second.Batch(x), adam);
        reference.Step(reference.Loss, reference.Batch(x), new Adam(0.01f));
        Assert.Equal(Read(reference), Read(first));
        Assert.Equal(Read(reference), Read(second));
    }

    [Fact]
    public void The_norm_is_that_of_all_trained_gradients()
    {
        using var model = new Probe(lengthA: 10_000, lengthB: 1_111);
        float[] x = Random(model.Width, 4);
        float[] before = Read(model);
        model.Step(model.Loss, model.Batch(x), new Sgd(1f) { ClipNorm = 2f });
        double norm = Math.Sqrt(x.Sum(value => (double)value * value));
        float[] after = Read(model);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal(before[i] - (x[i] * 2.0 / norm), after[i], 1e-6);
        }
    }

    [Fact]
    public void Settings_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1f));
        Assert.Throws<ArgumentException>(() => new Sgd(0.1f, nesterov: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(beta1: 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW(weightDecay: -1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(alpha: 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp(momentum: -0.1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adagrad(initialAccumulatorValue: -1f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lion(beta2: 1.0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lamb { MaxRatio = -1f });
    }

    private static float[] Trained(string name, int threads)
    {
        using var model = new Probe(lengthA: 150_001, lengthB: 70_003, Device.CpuWith(threads));
        Optimizer optimizer = Cases[name]();
        for (int step = 0; step < 3; step++)
        {
            model.Step(model.Loss, model.Batch(Random(model.Width, step)), optimizer);
        }

        return Read(model);
    }

    private static float[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private static float[] Gradient(int step) => [.. Enumerable.Range(0, Count).Select(i => ((((7 * step) + (3 * i)) % 11) - 5) / 8f)];

    private static float[] Read(Probe model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];

    private static void Write(Probe model, ReadOnlySpan<float> values)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            values[..parameter.Length].CopyTo(parameter.Values);
            values = values[parameter.Length..];
        }
    }

    private static Dictionary<string, float[][]> Goldens([CallerFilePath] string here = "") =>
        JsonSerializer.Deserialize<Dictionary<string, float[][]>>(File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "optimizers.json")))!;
}
