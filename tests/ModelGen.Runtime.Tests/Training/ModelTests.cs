using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using ModelGen.Entries;
using ModelGen.Tests.Training.Models;
using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>Parameters, calls, their checks and their threads.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("Blocks.0.w", true)]
    [InlineData("Blocks.12.w", true)]
    [InlineData("Blocks.*.w", true)]
    [InlineData("Blocks.2.Parts.10.b", true)]
    [InlineData("Blocks.*.Parts.*.b", true)]
    [InlineData("Head.w", true)]
    [InlineData("Head", false)]
    [InlineData("Head.w.x", false)]
    [InlineData("Blocks..w", false)]
    [InlineData("Blocks.x.w", false)]
    [InlineData("Blocks.0.w2", false)]
    [InlineData("Blocks.0.Parts.1.w", false)]
    [InlineData("Blocks.2.Parts.b", false)]
    public void A_loss_trains_every_repetition_of_what_it_trains(string parameter, bool trains)
    {
        LossEntry entry = new()
        {
            Name = "Loss",
            Kind = EntryKind.Loss,
            Dimensions = [],
            Inputs = [],
            Outputs = [],
            Run = _ => { },
            Train = _ => { },
            Trained = ["Blocks.*.w", "Blocks.*.Parts.*.b", "Head.w"],
        };
        Assert.Equal(trains, entry.TrainsParameter(parameter));
    }

    [Fact]
    public void Repeated_parameters_are_one_per_repetition()
    {
        using var model = new Probe(lengthA: 3, lengthB: 4);
        Assert.Equal(["A", "Blocks.0.B", "Blocks.1.B"], model.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([4], model.Parameters["Blocks.1.B"].Shape.AsSpan());
        Assert.Equal(4, model.Parameters["Blocks.1.B"].Values.Length);
        KeyNotFoundException e = Assert.Throws<KeyNotFoundException>(() => model.Parameters["Blocks.2.B"]);
        Assert.Contains("Blocks.0.B", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void The_parameters_lie_on_a_cache_line()
    {
        using var model = new Probe();
        fixed (float* start = model.Parameters["A"].Values)
        {
            Assert.Equal(0, (nint)start % 64);
        }
    }

    [Fact]
    public void A_span_keeps_its_memory_alive()
    {
        Span<float> span = Orphan(out WeakReference memory);
        GC.Collect();
        Assert.True(memory.IsAlive);
        span[^1] = 2f;
    }

    [Fact]
    public void Initial_values_depend_on_seed_and_name_only()
    {
        using var small = new Probe(lengthA: 3, lengthB: 5, seed: 9);
        using var large = new Probe(lengthA: 300, lengthB: 5, seed: 9);
        using var other = new Probe(lengthA: 3, lengthB: 5, seed: 10);
        Assert.Equal(small.Parameters["Blocks.1.B"].Values.ToArray(), large.Parameters["Blocks.1.B"].Values.ToArray());
        Assert.NotEqual(small.Parameters["Blocks.0.B"].Values.ToArray(), large.Parameters["Blocks.1.B"].Values.ToArray());
        Assert.NotEqual(small.Parameters["A"].Values.ToArray(), other.Parameters["A"].Values.ToArray());
    }

    [Fact]
    public void Initial_values_have_the_distribution_asked_for()
    {
        using var model = new Probe(lengthA: 50_000, lengthB: 50_000);
        float[] uniform = model.Parameters["A"].Values.ToArray();
        float[] normal = model.Parameters["Blocks.0.B"].Values.ToArray();
        Assert.All(uniform, value => Assert.InRange(value, -0.5f, 0.5f));
        Assert.Equal(0.5 / Math.Sqrt(3), Deviation(uniform), 0.005);
        Assert.Equal(0, normal.Average(), 0.02);
        Assert.Equal(1, Deviation(normal), 0.02);
        Assert.Equal(0.6827, normal.Count(value => Math.Abs(value) < 1) / 50_000.0, 0.01);
    }

    [Fact]
    public void A_wrong_length_is_named_in_words_and_numbers()
    {
        using var model = new SoftmaxRegression();
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Predict(new float[5], 3, new float[9]));
        Assert.Equal("Predict: 'x' is [batch, 2] = [3, 2]: 6 values, but 5 were given. (Parameter 'x')", e.Message);
        e = Assert.Throws<ArgumentException>(() => model.Predict(new float[6], 3, new float[8]));
        Assert.Contains("'predict' is [batch, 3] = [3, 3]: 9 values, but 8 were given", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict([], -1, []));
    }

    [Fact]
    public void An_output_needs_memory_of_its_own()
    {
        using var model = new SoftmaxRegression();
        float[] memory = new float[16];
        ArgumentException e = Assert.Throws<ArgumentException>(() => model.Predict(memory.AsSpan(3, 6), 3, memory.AsSpan(0, 9)));
        Assert.Equal("Predict: 'predict' lies in the memory of 'x'; an output needs memory of its own. (Parameter 'predict')", e.Message);
        model.Predict(memory.AsSpan(9, 6), 3, memory.AsSpan(0, 9));
    }

    [Fact]
    public void Wrong_types_and_numbers_of_arguments_are_errors()
    {
        using var model = new SoftmaxRegression();
        ArgumentException e = Assert.Throws<ArgumentException>(() => Integers(model));
        Assert.Contains("holds floats, but integers were given", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => NoOutput(model));
        Assert.Contains("it was given 1, 1 and 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_batch_returns_at_once()
    {
        using var model = new SoftmaxRegression();
        model.Predict([], 0, []);
    }

    [Fact]
    public void An_inference_call_allocates_nothing()
    {
        using var model = new SoftmaxRegression();
        float[] x = new float[20], predict = new float[30];
        Assert.Equal(0, Allocations.Of(() => model.Predict(x, 10, predict)));
    }

    [Fact]
    public async Task Any_number_of_threads_may_call_at_once()
    {
        using var model = new SoftmaxRegression();
        float[] x = [1f, 2f];
        float[] expected = new float[3];
        model.Predict(x, 1, expected);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            float[] predict = new float[3];
            for (int i = 0; i < 500; i++)
            {
                model.Predict(x, 1, predict);
                Assert.Equal(expected, predict);
            }
        })));
    }

    [Fact]
    public void A_second_training_at_the_same_time_is_an_error()
    {
        using var model = new SoftmaxRegression();
        Dataset data = SoftmaxRegression.Clusters(30);
        var options = new FitOptions { Progress = new Listener(_ => model.Fit(data, new FitOptions { Progress = null })) };
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => model.Fit(data, options));
        Assert.Contains("SoftmaxRegression is being trained", e.Message, StringComparison.Ordinal);
        model.Fit(data, new FitOptions { Progress = null });
    }

    [Fact]
    public void Use_after_disposal_is_an_error()
    {
        var model = new SoftmaxRegression();
        Parameter parameter = model.Parameters[0];
        Span<float> values = parameter.Values;
        model.Dispose();
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.Predict(new float[2], 1, new float[3]));
        Assert.Throws<ObjectDisposedException>(() => parameter.Values.Length);
        Assert.Throws<ObjectDisposedException>(() => parameter.Gradient.Length);
        Assert.Throws<ObjectDisposedException>(() => model.Fit(SoftmaxRegression.Clusters(3), new FitOptions { Progress = null }));
        Assert.Throws<ObjectDisposedException>(() => model.Save(new System.IO.MemoryStream()));

        // Memory that somebody still looks at is not given to others.
        GC.Collect();
        values[0] = 1f;
        Assert.Equal(1f, values[0]);
    }

    [Fact]
    public void Another_models_loss_is_an_error()
    {
        using var model = new SoftmaxRegression();
        using var probe = new Probe();
        Assert.Throws<ArgumentException>(() => model.Evaluate(probe.Data(new float[5])));
        Assert.Throws<ArgumentException>(() => model.Step(probe.Loss, probe.Batch(new float[5]), new Sgd()));
    }

    [Fact]
    public void A_device_has_at_least_one_thread()
    {
        Assert.Equal(Environment.ProcessorCount, Device.Cpu.Threads);
        Assert.Equal(3, Device.CpuWith(3).Threads);
        Assert.Throws<ArgumentOutOfRangeException>(() => Device.CpuWith(0));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Span<float> Orphan(out WeakReference memory)
    {
        var buffer = new AlignedBuffer(1000);
        memory = buffer.WeakReference();
        return buffer.Span(500, 100);
    }

    private static double Deviation(float[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static void Integers(SoftmaxRegression model)
    {
        var arguments = new EntryArguments();
        arguments.Add(1);
        arguments.Input(new int[2]);
        arguments.Output(new float[3]);
        model.Call(SoftmaxRegression.PredictEntry, in arguments);
    }

    private static void NoOutput(SoftmaxRegression model)
    {
        var arguments = new EntryArguments();
        arguments.Add(1);
        arguments.Input(new float[2]);
        model.Call(SoftmaxRegression.PredictEntry, in arguments);
    }
}
