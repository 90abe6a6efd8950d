using System;
using System.Linq;
using ModelGen.Cpu;
using ModelGen.Entries;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>A last layer with its loss in blocks of rows, against plain loops in double.</summary>
[Collection(SeveralThreads.Name)]
public sealed unsafe class LossesTests
{
    private const int All = int.MinValue;

    /// <summary>Rows around a block's, classes around a vector's and a chunk's, and more chunks than groups; what is ignored, and the smoothing.</summary>
    public static TheoryData<int, int, int, int, float> Shapes() => new()
    {
        { 1, 1024, 8, All, 0f }, { 15, 1031, 5, All, 0f }, { 16, 1040, 1, All, 0.125f }, { 17, 33, 7, 3, 0f }, { 511, 1025, 3, All, 0f }, { 512, 70, 16, 2, 0.25f },
        { 513, 1031, 9, All, 0f }, { 1100, 1100, 40, 5, 0.1f }, { 3, 1, 4, All, 0f }, { 40, 2, 130, 0, 0f }, { 0, 20, 3, All, 0f },
        { 255, 191, 6, All, 0f }, { 256, 192, 5, 1, 0.1f }, { 257, 193, 4, All, 0.5f }, { 514, 385, 20, All, 0f }, { 9, 5000, 6, 7, 0.1f },
        { 239, 47, 300, All, 0f }, { 240, 24, 8, All, 0f }, { 479, 193, 5, 1, 0.1f }, { 481, 30, 12, All, 0f }, { 5, 500, 0, All, 0.1f }, { 241, 400, 513, All, 0.1f }, { 48, 24, 96, All, 0f }, { 49, 25, 97, All, 0f },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void IsWhatLoopsGive(int rows, int classes, int size, int ignored, float smoothing)
    {
        Case given = new(rows, classes, size, ignored, smoothing);
        (double loss, double[] dHidden, double[] dWeight, double[] dBias) = given.Expected();
        foreach (bool asNumbers in new[] { false, true })
        {
            Result result = given.Run(threads: 2, asNumbers);
            Near([loss], [result.Loss], 1e-5);
            Near([loss], [given.LossOnly(threads: 2, asNumbers)], 1e-5);
            Near(dHidden, result.DHidden, 1e-5 / Math.Max(rows, 1));
            Near(dWeight, result.DWeight, 2e-5 / Math.Sqrt(Math.Max(rows, 1)));
            Near(dBias, result.DBias, 2e-5 / Math.Sqrt(Math.Max(rows, 1)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(1200)]
    public void AnyNumberOfThreadsGivesTheSameBits(int rows)
    {
        Case given = new(rows, 2050, 24, ignored: 4, smoothing: 0.1f);
        Result one = given.Run(threads: 1, asNumbers: false);
        foreach (int threads in new[] { 2, 7 })
        {
            Result several = given.Run(threads, asNumbers: false);
            Assert.Equal(one.Loss, several.Loss);
            Assert.Equal(one.DHidden, several.DHidden);
            Assert.Equal(one.DWeight, several.DWeight);
            Assert.Equal(one.DBias, several.DBias);
            Assert.Equal(given.LossOnly(1, false), given.LossOnly(threads, false));
        }
    }

    [Fact]
    public void WhatNobodyNeedsIsLeftOut()
    {
        Case given = new(600, 1030, 8, All, 0f);
        Result all = given.Run(2, false);
        for (int wanted = 0; wanted < 8; wanted++)
        {
            Result some = given.Run(2, false, (wanted & 1) != 0, (wanted & 2) != 0, (wanted & 4) != 0);
            Assert.Equal(all.Loss, some.Loss);
            Assert.Equal((wanted & 1) != 0 ? all.DHidden : [.. all.DHidden.Select(_ => 7f)], some.DHidden);
            Assert.Equal((wanted & 2) != 0 ? all.DWeight : [.. all.DWeight.Select(_ => 7f)], some.DWeight);
            Assert.Equal((wanted & 4) != 0 ? all.DBias : [.. all.DBias.Select(_ => 7f)], some.DBias);
        }
    }

    [Fact]
    public void WhereNoRowCountsTheMeanIsNaNAndGradientsAreZero()
    {
        Case given = new(20, 1030, 3, ignored: -100, smoothing: 0f);
        Array.Fill(given.Target, -100);
        Result result = given.Run(2, false);
        Assert.True(float.IsNaN(result.Loss) && float.IsNaN(given.LossOnly(2, false)));
        Assert.All(result.DHidden.Concat(result.DWeight).Concat(result.DBias), gradient => Assert.Equal(0f, gradient));
    }

    /// <summary>As the formula gives: nothing is held back.</summary>
    [Fact]
    public void ScoresThatAreNotFiniteSpread()
    {
        Case given = new(4, 1030, 3, All, 0f);
        (given.Bias[9], given.Bias[11]) = (float.NegativeInfinity, 300f);
        Array.Fill(given.Target, 11);
        Result result = given.Run(1, false);
        Assert.True(float.IsFinite(result.Loss));
        Assert.Equal(0f, result.DBias[9]);
        given.Target[2] = 9;
        Assert.Equal(float.PositiveInfinity, given.Run(1, false).Loss);
        given.Hidden[0] = float.NaN;
        result = given.Run(1, false);
        Assert.True(float.IsNaN(result.Loss));
        Assert.All(result.DBias, gradient => Assert.True(float.IsNaN(gradient)));
        Assert.All(result.DHidden.Take(3), gradient => Assert.True(float.IsNaN(gradient)));
    }

    /// <summary>Scores so far apart that a shift found among the first few does not do for the others, up or down, within a group of classes and between groups.</summary>
    [Theory]
    [InlineData(70f, 0, 5)]
    [InlineData(70f, 100, 5)]
    [InlineData(70f, 3900, 5)]
    [InlineData(200f, 100, 3000)]
    [InlineData(200f, 3900, 3900)]
    [InlineData(-200f, 0, 0)]
    [InlineData(1e6f, 2000, 2001)]
    [InlineData(-1e6f, 2000, 2000)]
    [InlineData(3e38f, 2000, 2000)]
    public void ScoresMayLieFarApart(float offset, int first, int target)
    {
        float[] smoothings = offset < 1e37f ? [0f, 0.1f] : [0f]; // the mean of such scores is no number
        foreach (float smoothing in smoothings)
        {
            Case given = new(50, 4000, 6, All, smoothing);
            for (int place = first; place < first + 20; place++)
            {
                given.Bias[place] += offset;
            }

            if (Math.Abs(offset) > 1e4f)
            {
                Array.Clear(given.Hidden); // so that no score is rounded
            }

            Array.Fill(given.Target, target);
            _ = IsNear(given);
        }
    }

    /// <summary>Few classes, few rows: parts of tiles in every direction.</summary>
    [Fact]
    public void PartsOfTilesAreRight()
    {
        foreach (int rows in new[] { 1, 17, 47, 48, 49 })
        {
            for (int classes = 1; classes <= 25; classes++)
            {
                IsWhatLoopsGive(rows, classes, 1 + (classes % 5), All, classes % 2 * 0.1f);
            }
        }
    }

    /// <summary>Some scores far above, a whole group far below, and the target, or what is ignored, in that.</summary>
    [Theory]
    [InlineData(44f, -46f)]
    [InlineData(50f, -50f)]
    [InlineData(55f, -36f)]
    [InlineData(55f, -100f)]
    [InlineData(30f, -60f)]
    public void GroupsMayLieFarBelowGreatTotals(float above, float below)
    {
        foreach (int ignored in new[] { All, 3500 })
        {
            foreach (float smoothing in new[] { 0f, 0.1f })
            {
                Case given = new(50, 4000, 6, ignored, smoothing);
                Array.Clear(given.Bias);
                given.Bias[100] = above;
                Array.Fill(given.Bias, below, 3000, 1000);
                Array.Fill(given.Target, 3500, 0, ignored == All ? 50 : 10);
                _ = IsNear(given);
            }
        }
    }

    /// <summary>Classes that are masked out, the first ones among them: neither do they count, nor do they disturb what is counted.</summary>
    [Theory]
    [InlineData(0, 8)]
    [InlineData(0, 300)]
    [InlineData(0, 3999)]
    [InlineData(200, 1000)]
    public void MaskedClassesHaveNoProbability(int first, int count)
    {
        Case given = new(50, 4000, 6, All, 0f);
        Array.Fill(given.Bias, float.NegativeInfinity, first, count);
        Array.Fill(given.Target, 3999);
        Result result = IsNear(given);
        Assert.All(result.DBias.Skip(first).Take(count), gradient => Assert.Equal(0f, gradient));
    }

    /// <summary>Near a probability of 1 the loss is as exact as that, and no rounding makes it negative.</summary>
    [Fact]
    public void ASureRowHasNoNegativeLoss()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            Case given = new(1, 500 + seed, 24, All, 0f);
            given.Bias[given.Target[0]] += 10f + seed;
            (double loss, _, _, _) = given.Expected();
            float actual = given.Run(threads: 1, asNumbers: false).Loss;
            Assert.True(actual >= 0f, $"{actual}");
            Assert.InRange(actual, loss - 1e-6, loss + 1e-6);
        }
    }

    [Fact]
    public void NothingIsAllocatedButTheFirstTime()
    {
        using Buffers buffers = new(new Case(600, 1500, 8, All, 0f), true, true, true);
        Frame frame = new() { Threads = 2 };
        Assert.Equal(0, SevenThreads.Allocated(() => buffers.Call(frame, asNumbers: false)));
    }

    /// <summary>However many rows there are, some hundred of them are in memory.</summary>
    [Fact]
    public void TheMemoryDoesNotGrowWithTheRows()
    {
        long ofBlock = new LinearLossSizes(512, 10_000, 128, All, 0f).Scratch(withGradients: true);
        Assert.InRange(ofBlock, 256 * 10_000, 360 * 10_000);
        Assert.Equal(ofBlock, new LinearLossSizes(1_000_000, 10_000, 128, All, 0f).Scratch(withGradients: true));
    }

    /// <summary>Asserts that loss and gradients are those of plain loops.</summary>
    private static Result IsNear(Case given)
    {
        (double loss, double[] dHidden, double[] dWeight, double[] dBias) = given.Expected();
        Result result = given.Run(threads: 2, asNumbers: false);
        Near([loss], [result.Loss], 1e-5);
        Near(dHidden, result.DHidden, 1e-6);
        Near(dWeight, result.DWeight, 1e-5);
        Near(dBias, result.DBias, 1e-5);
        return result;
    }

    private static void Near(double[] expected, float[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), pair => Assert.True(
            double.IsNaN(pair.First) ? float.IsNaN(pair.Second) : Math.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Math.Abs(pair.First)), $"{pair.Second} instead of {pair.First}"));

    private sealed record Result(float Loss, float[] DHidden, float[] DWeight, float[] DBias);

    private sealed class Case
    {
        public Case(int rows, int classes, int size, int ignored, float smoothing)
        {
            (Rows, Classes, Size, Ignored, Smoothing) = (rows, classes, size, ignored, smoothing);
            Random random = new(rows + classes);
            float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 2) - 1)];
            (Hidden, Weight, Bias) = (Numbers(rows * size), Numbers(classes * size), Numbers(classes));
            Target = [.. Enumerable.Range(0, rows).Select(_ => random.Next(Math.Min(classes, 9)))];
        }

        public int Rows { get; }

        public int Classes { get; }

        public int Size { get; }

        public int Ignored { get; }

        public float Smoothing { get; }

        public float[] Hidden { get; }

        public float[] Weight { get; }

        public float[] Bias { get; }

        public int[] Target { get; }

        public Result Run(int threads, bool asNumbers, bool hidden = true, bool weight = true, bool bias = true)
        {
            using Buffers buffers = new(this, hidden, weight, bias);
            return buffers.Run(new Frame { Threads = threads }, asNumbers);
        }

        public float LossOnly(int threads, bool asNumbers)
        {
            using Buffers buffers = new(this, false, false, false);
            return buffers.LossOnly(new Frame { Threads = threads }, asNumbers);
        }

        public (double Loss, double[] DHidden, double[] DWeight, double[] DBias) Expected()
        {
            double[] dHidden = new double[Hidden.Length], dWeight = new double[Weight.Length], dBias = new double[Classes];
            int kept = Target.Count(target => target != Ignored);
            double loss = kept == 0 ? double.NaN : 0;
            for (int row = 0; row < Rows; row++)
            {
                if (Target[row] == Ignored) continue;
                double[] scores = [.. Enumerable.Range(0, Classes).Select(c => Bias[c] + Enumerable.Range(0, Size).Sum(i => (double)Hidden[(row * Size) + i] * Weight[(c * Size) + i]))];
                double greatest = scores.Max();
                scores = [.. scores.Select(score => score - greatest)];
                double logTotal = Math.Log(scores.Sum(Math.Exp));
                loss += (1 - (double)Smoothing) * (logTotal - scores[Target[row]]) / kept;
                loss += Smoothing == 0 ? 0 : Smoothing * (logTotal - scores.Average()) / kept;
                for (int c = 0; c < Classes; c++)
                {
                    double gradient = (Math.Exp(scores[c] - logTotal) - ((double)Smoothing / Classes) - (c == Target[row] ? 1 - (double)Smoothing : 0)) / kept;
                    dBias[c] += gradient;
                    for (int i = 0; i < Size; i++)
                    {
                        dHidden[(row * Size) + i] += gradient * Weight[(c * Size) + i];
                        dWeight[(c * Size) + i] += gradient * Hidden[(row * Size) + i];
                    }
                }
            }

            return (loss, dHidden, dWeight, dBias);
        }
    }

    /// <summary>A case in memory that does not move; a gradient that nobody needs keeps its sevens.</summary>
    private sealed class Buffers(Case given, bool needsHidden, bool needsWeight, bool needsBias) : IDisposable
    {
        private readonly NativeFloats hidden = new(given.Hidden), weight = new(given.Weight), bias = new(given.Bias);
        private readonly NativeFloats targets = new([.. given.Target.Select(target => (float)target)]), loss = new(1);
        private readonly NativeFloats dHidden = Sevens(given.Hidden.Length), dWeight = Sevens(given.Weight.Length), dBias = Sevens(given.Classes);

        public Result Run(Frame frame, bool asNumbers)
        {
            Call(frame, asNumbers);
            Assert.True(loss.MarginsUntouched && dHidden.MarginsUntouched && dWeight.MarginsUntouched && dBias.MarginsUntouched);
            return new Result(loss.Span[0], dHidden.Span.ToArray(), dWeight.Span.ToArray(), dBias.Span.ToArray());
        }

        public void Call(Frame frame, bool asNumbers)
        {
            Buffer<float> dH = needsHidden ? dHidden.Buffer : default, dW = needsWeight ? dWeight.Buffer : default, dB = needsBias ? dBias.Buffer : default;
            fixed (int* start = given.Target)
            {
                if (asNumbers)
                {
                    Losses.LinearCrossEntropyGradients(
                        given.Rows, given.Classes, given.Size, given.Ignored, given.Smoothing, hidden.Buffer, weight.Buffer, bias.Buffer, targets.Buffer, loss.Buffer, dH, dW, dB, frame);
                }
                else
                {
                    Losses.LinearCrossEntropyGradients(
                        given.Rows, given.Classes, given.Size, given.Ignored, given.Smoothing, hidden.Buffer, weight.Buffer, bias.Buffer, new Buffer<int>(start), loss.Buffer, dH, dW, dB, frame);
                }
            }
        }

        public float LossOnly(Frame frame, bool asNumbers)
        {
            fixed (int* start = given.Target)
            {
                if (asNumbers)
                {
                    Losses.LinearCrossEntropy(given.Rows, given.Classes, given.Size, given.Ignored, given.Smoothing, hidden.Buffer, weight.Buffer, bias.Buffer, targets.Buffer, loss.Buffer, frame);
                }
                else
                {
                    Losses.LinearCrossEntropy(given.Rows, given.Classes, given.Size, given.Ignored, given.Smoothing, hidden.Buffer, weight.Buffer, bias.Buffer, new Buffer<int>(start), loss.Buffer, frame);
                }
            }

            return loss.Span[0];
        }

        public void Dispose()
        {
            foreach (NativeFloats memory in (NativeFloats[])[hidden, weight, bias, targets, loss, dHidden, dWeight, dBias])
            {
                memory.Dispose();
            }
        }

        private static NativeFloats Sevens(int count) => new([.. Enumerable.Repeat(7f, count)]);
    }
}
