using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Cpu;
using ModelGen.Tests.Training;
using Xunit;

namespace ModelGen.Tests.Text;

public sealed class SamplerTests
{
    private const float Never = float.NegativeInfinity;

    /// <summary>The shares 1/2, 1/4, 1/8, 1/8, in an order of their own.</summary>
    private static readonly float[] Halves = [MathF.Log(0.125f), MathF.Log(0.5f), MathF.Log(0.125f), MathF.Log(0.25f)];

    [Fact]
    public void Temperature_zero_takes_the_first_of_the_largest()
    {
        var sampler = new Sampler(temperature: 0);
        Assert.Equal(1, sampler.Draw([1, 3, 3, 2]));
        Assert.Equal(0, sampler.Draw([-1e38f, Never, -1e38f]));
        Assert.Equal(2, sampler.Draw([Never, -5, -4]));
        Assert.Equal(3, sampler.Draws);
    }

    [Theory]
    [InlineData(0.0, 0, 1.0)]
    [InlineData(1.0, 0, 1.0)]
    [InlineData(0.7, 1, 1.0)]
    [InlineData(0.7, 50, 1.0)]
    [InlineData(2.0, 0, 0.0)]
    [InlineData(2.0, 3, 0.5)]
    public void One_score_is_always_drawn(double temperature, int topK, double topP)
    {
        var sampler = new Sampler(temperature, topK, topP, seed: 1);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(0, sampler.Draw([-3e38f]));
            Assert.Equal(2, sampler.Draw([Never, Never, 7, Never]));
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(3.0)]
    public void Indices_are_drawn_as_often_as_the_softmax_says(double temperature)
    {
        float[] logits = [0.5f, -1, 2, 1.5f, 0, Never, -3];
        double[] weights = [.. logits.Select(logit => Math.Exp(logit / temperature))];
        AssertDrawn([.. weights.Select(weight => weight / weights.Sum())], new Sampler(temperature, seed: 7), logits);
    }

    [Fact]
    public void What_is_kept_is_drawn_in_its_proportions()
    {
        AssertDrawn([0, 2.0 / 3, 0, 1.0 / 3], new Sampler(topK: 2, seed: 8), Halves);
        AssertDrawn([0, 2.0 / 3, 0, 1.0 / 3], new Sampler(topP: 0.6, seed: 9), Halves);
        AssertDrawn([1.0 / 7, 4.0 / 7, 0, 2.0 / 7], new Sampler(topP: 0.8, seed: 10), Halves);
    }

    [Theory]
    [InlineData(1, new[] { 1 })]
    [InlineData(2, new[] { 1, 3 })]
    [InlineData(3, new[] { 0, 1, 2, 3 })] // Two equal the third largest.
    [InlineData(4, new[] { 0, 1, 2, 3 })]
    public void Top_k_keeps_the_largest_and_their_equals(int topK, int[] kept) => Assert.Equal(kept, Drawn(new Sampler(topK: topK), Halves));

    [Theory]
    [InlineData(0.0, new[] { 1 })]
    [InlineData(0.49, new[] { 1 })]
    [InlineData(0.51, new[] { 1, 3 })]
    [InlineData(0.74, new[] { 1, 3 })]
    [InlineData(0.76, new[] { 0, 1, 3 })] // The first of equals.
    [InlineData(0.88, new[] { 0, 1, 2, 3 })]
    public void Top_p_keeps_as_few_as_reach_the_share(double topP, int[] kept) => Assert.Equal(kept, Drawn(new Sampler(topP: topP), Halves));

    [Theory]
    [InlineData(1.0, 2, 0.6, new[] { 1 })] // Of the two that top-k keeps, the likelier has 2/3.
    [InlineData(1.0, 2, 0.7, new[] { 1, 3 })]
    [InlineData(0.5, 0, 0.7, new[] { 1 })] // The temperature comes first and makes 1/2 of the shares 16/22.
    [InlineData(0.5, 0, 0.75, new[] { 1, 3 })]
    public void The_temperature_comes_first_and_top_p_last(double temperature, int topK, double topP, int[] kept) =>
        Assert.Equal(kept, Drawn(new Sampler(temperature, topK, topP), Halves));

    [Fact]
    public void More_than_there_are_and_the_whole_share_keep_everything()
    {
        float[] logits = [.. Enumerable.Range(0, 50).Select(i => MathF.Sin(i))];
        int[] expected = Sequence(new Sampler(0.8, seed: 3), logits);
        Assert.Equal(expected, Sequence(new Sampler(0.8, topK: 50, seed: 3), logits));
        Assert.Equal(expected, Sequence(new Sampler(0.8, topK: int.MaxValue, topP: 1, seed: 3), logits));
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(double.Epsilon)]
    public void A_tiny_temperature_takes_the_largest(double temperature)
    {
        foreach (Sampler sampler in (Sampler[])[new(temperature), new(temperature, topK: 2), new(temperature, topP: 0.9)])
        {
            Assert.Equal([1], Drawn(sampler, [float.MinValue, 88, 87.99999f]));
            Assert.Equal([2], Drawn(sampler, [float.MinValue, 0, float.MaxValue]));
            Assert.Equal([0, 2], Drawn(sampler, [1, 0, 1]));
        }
    }

    [Fact]
    public void A_huge_temperature_makes_all_alike() =>
        AssertDrawn([1.0 / 3, 1.0 / 3, 0, 1.0 / 3], new Sampler(1e300, seed: 4), [float.MinValue, 0, Never, float.MaxValue]);

    [Fact]
    public void A_draw_is_a_function_of_the_seed_and_its_number()
    {
        float[] logits = new float[1000];
        int[] first = Sequence(new Sampler(seed: 42), logits);
        Assert.Equal(first, Sequence(new Sampler(seed: 42), logits));
        Assert.NotEqual(first, Sequence(new Sampler(seed: 43), logits));
        Assert.NotEqual(first, Sequence(new Sampler(seed: 42 + (1UL << 32)), logits));
        Assert.Equal(first[5..], Sequence(new Sampler(seed: 42) { Draws = 5 }, logits)[..^5]);

        // Another program's Philox4x32-10 with key (42, 0) and counters (n, 0, 0, 0x53616D70).
        Assert.Equal([941, 617, 230, 288, 58, 242, 411, 48], first[..8]);
    }

    /// <summary>Against the meaning, written down plainly.</summary>
    [Fact]
    public void Random_settings_draw_what_the_definition_says()
    {
        var random = new Random(5);
        for (int trial = 0; trial < 5_000; trial++)
        {
            int count = random.Next(1, 40);
            float[] logits = [.. Enumerable.Range(0, count).Select(_ => random.Next(8) == 0 ? Never : random.Next(-6, 6) * 0.5f), 0];
            double temperature = random.Next(4) == 0 ? 1 : 0.1 + random.NextDouble();
            int topK = random.Next(2) * random.Next(1, 45);
            double topP = random.Next(2) == 0 ? 1 : random.NextDouble();
            var sampler = new Sampler(temperature, topK, topP, seed: (ulong)trial) { Draws = random.NextInt64() };
            int expected = Defined(sampler, logits);
            Assert.Equal(expected, sampler.Draw(logits));
        }
    }

    [Fact]
    public void Scores_that_are_no_numbers_are_errors()
    {
        var sampler = new Sampler();
        Assert.Contains("no scores", Fails(sampler, []), StringComparison.Ordinal);
        Assert.Contains("Score 1 of 3 is NaN", Fails(sampler, [1, float.NaN, 2]), StringComparison.Ordinal);
        Assert.Contains("Score 0 of 2 is +∞", Fails(sampler, [float.PositiveInfinity, 2]), StringComparison.Ordinal);
        Assert.Contains("All 2 scores are -∞", Fails(sampler, [Never, Never]), StringComparison.Ordinal);
        Assert.Contains("NaN", Fails(new Sampler(temperature: 0), [float.NaN]), StringComparison.Ordinal);
        Assert.Equal(0, sampler.Draws);
    }

    [Fact]
    public void Settings_out_of_range_are_errors()
    {
        foreach (double wrong in (double[])[-0.1, double.NaN, double.PositiveInfinity])
        {
            Assert.Throws<ArgumentOutOfRangeException>("temperature", () => new Sampler(wrong));
            Assert.Throws<ArgumentOutOfRangeException>("topP", () => new Sampler(topP: wrong));
        }

        Assert.Throws<ArgumentOutOfRangeException>("topP", () => new Sampler(topP: 1.01));
        Assert.Throws<ArgumentOutOfRangeException>("topK", () => new Sampler(topK: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler { Draws = -1 });
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(40, 1.0)]
    [InlineData(0, 0.9)]
    [InlineData(40, 0.9)]
    public void A_draw_allocates_nothing(int topK, double topP)
    {
        float[] logits = [.. Enumerable.Range(0, 10_000).Select(i => MathF.Sin(i) * 5)];
        var sampler = new Sampler(0.8, topK, topP);
        Assert.Equal(0, Allocations.Of(() => sampler.Draw(logits)));
    }

    private static int Defined(Sampler sampler, float[] logits)
    {
        double Scaled(int index) => logits[index] / sampler.Temperature;
        List<int> kept = [.. Enumerable.Range(0, logits.Length).OrderByDescending(Scaled).ThenBy(index => index)];
        bool narrows = sampler.TopP < 1 || (sampler.TopK > 0 && sampler.TopK < logits.Length);
        if (sampler.TopK > 0 && sampler.TopK < logits.Length)
        {
            kept = [.. kept.Where(index => logits[index] >= logits[kept[sampler.TopK - 1]])];
        }

        if (sampler.TopP < 1)
        {
            double all = kept.Sum(index => Math.Exp(Scaled(index)));
            kept = kept[..Enumerable.Range(1, kept.Count).First(count => count == kept.Count || kept.Take(count).Sum(index => Math.Exp(Scaled(index))) >= sampler.TopP * all)];
        }

        if (!narrows)
        {
            kept.Sort();
        }

        (uint high, uint low, _, _) = Philox.Philox4x32((uint)sampler.Draws, (uint)(sampler.Draws >> 32), 0, 0x53616D70, (uint)sampler.Seed, 0);
        double share = (((ulong)high << 32) | low) / Math.Pow(2, 64);
        double mass = kept.Sum(index => Math.Exp(Scaled(index)));
        return kept[Enumerable.Range(1, kept.Count).First(count => kept.Take(count).Sum(index => Math.Exp(Scaled(index))) > share * mass) - 1];
    }

    private static string Fails(Sampler sampler, float[] logits) => Assert.Throws<ArgumentException>(nameof(logits), () => sampler.Draw(logits)).Message;

    private static int[] Sequence(Sampler sampler, float[] logits) => [.. Enumerable.Range(0, 200).Select(_ => sampler.Draw(logits))];

    private static int[] Drawn(Sampler sampler, float[] logits) => [.. Sequence(sampler, logits).Distinct().Order()];

    /// <summary>100,000 draws, each index within four standard deviations of its expected count.</summary>
    private static void AssertDrawn(double[] shares, Sampler sampler, float[] logits)
    {
        const int Draws = 100_000;
        int[] counts = new int[shares.Length];
        for (int i = 0; i < Draws; i++)
        {
            counts[sampler.Draw(logits)]++;
        }

        for (int i = 0; i < shares.Length; i++)
        {
            double deviation = Math.Sqrt(Draws * shares[i] * (1 - shares[i]));
            Assert.True(Math.Abs(counts[i] - (Draws * shares[i])) <= 4 * deviation, $"index {i}: {counts[i]} of {Draws}, expected {Draws * shares[i]:F0} ± {deviation:F0}");
        }
    }
}
