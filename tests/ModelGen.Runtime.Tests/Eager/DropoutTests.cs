using System;
using System.Linq;
using ModelGen.Cpu;
using ModelGen.Runtime.Tests.Reference;
using Xunit;

namespace ModelGen.Runtime.Tests.Eager;

public sealed class DropoutTests
{
    private static readonly Tensor Ones = Tensor.From(Enumerable.Repeat(1f, 1000).ToArray());

    [Fact]
    public void Outside_of_training_nothing_is_dropped()
    {
        using var model = new SmallModel();
        Assert.Equal(Ones.ToArray(), model.Eager.DropThrice(Ones).First.ToArray());
    }

    [Fact]
    public void About_half_is_dropped_and_the_rest_doubled()
    {
        using var model = new SmallModel();
        float[] y = model.EagerIn(new() { Training = true }).DropThrice(Ones).First.ToArray();
        Assert.All(y, value => Assert.True(value is 0 or 2));
        Assert.InRange(y.Count(value => value == 0), 420, 580);
    }

    [Fact]
    public void The_numbers_are_those_of_the_stream_of_seed_step_site_and_occurrence()
    {
        using var model = new SmallModel(seed: 7);
        (Tensor first, Tensor second, Tensor other) = model.EagerIn(new() { Training = true, Step = 3 }).DropThrice(Ones);
        uint site = Fnv("Blocks.*.Drop");
        Assert.Equal(Expected(0), first.ToArray());
        Assert.Equal(Expected(1), second.ToArray());
        Assert.Equal(Expected(2), other.ToArray());

        float[] Expected(uint occurrence)
        {
            var stream = new RandomStream(7, 3, site, occurrence);
            return [.. Enumerable.Range(0, 1000).Select(i => stream.Uniform((uint)i) >= 0.5f ? 2f : 0f)];
        }
    }

    [Fact]
    public void The_same_call_again_drops_the_same_and_another_step_does_not()
    {
        using var model = new SmallModel();
        float[] once = model.EagerIn(new() { Training = true }).DropThrice(Ones).First.ToArray();
        Assert.Equal(once, model.EagerIn(new() { Training = true }).DropThrice(Ones).First.ToArray());
        Assert.NotEqual(once, model.EagerIn(new() { Training = true, Step = 1 }).DropThrice(Ones).First.ToArray());
    }

    [Fact]
    public void Both_element_types_drop_the_same()
    {
        using var model = new SmallModel();
        Tensor exact = model.EagerIn(new() { Training = true }).DropThrice(Ones.ToDouble()).First;
        Assert.True(exact.IsDouble);
        Expect.Equal([1000], exact.ToDoubleArray(), model.EagerIn(new() { Training = true }).DropThrice(Ones).First);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void P_is_a_probability_below_one(double p)
    {
        using var model = new SmallModel();
        Assert.Throws<ArgumentOutOfRangeException>(() => EagerLayers.Dropout(new EagerScope(model, "Drop"), Ones, p));
    }

    /// <summary>FNV-1a, written once more.</summary>
    private static uint Fnv(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
