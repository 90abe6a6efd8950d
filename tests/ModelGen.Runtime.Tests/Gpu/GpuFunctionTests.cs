using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Cpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Elementary functions and comparisons on a device against the processor's.</summary>
public class GpuFunctionTests(ITestOutputHelper output) : GpuTests(output)
{
    /// <summary>Multiplications and additions may be fused on one side only, and a device divides less exactly: a few units in the last place.</summary>
    private const double Tolerated = 1e-6;
    private const int NormalCdf = 5;
    private readonly ITestOutputHelper output = output;

    [OpenClTheory]
    [InlineData(0, "exp")]
    [InlineData(1, "log")]
    [InlineData(2, "tanh")]
    [InlineData(3, "sigmoid")]
    [InlineData(4, "erf")]
    [InlineData(NormalCdf, "normal distribution")]
    [InlineData(6, "sqrt")]
    [InlineData(7, "exp − 1")]
    [InlineData(8, "log of 1 +")]
    [InlineData(9, "sine")]
    [InlineData(10, "cosine")]
    [InlineData(11, "power of 2.7")]
    [InlineData(12, "power of −3")]
    [InlineData(13, "power of 1.7")]
    public void TheyAreAsExactAsTheProcessors(int which, string name)
    {
        float[] x = [.. Range(), float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.MaxValue, float.MinValue];
        float[] y = KernelCalls.Run(Open(), x, x.Length, frame => frame.Elements(new Kernels.Function(frame.Input(0), frame.Output(0), which), x.Length));
        double worst = 0, least = which == NormalCdf ? 1e-2 : 1e-30; // the tails of a distribution are exact in absolute terms only
        for (int i = 0; i < x.Length; i++)
        {
            float expected = OnProcessor(which, x[i]);
            if (float.IsFinite(expected))
            {
                worst = Math.Max(worst, Math.Abs(y[i] - (double)expected) / Math.Max(Math.Abs(expected), least));
            }
            else
            {
                Assert.True(expected.Equals(y[i]), $"{name}({x[i]}) is {y[i]}, not {expected}.");
            }
        }

        output.WriteLine($"{name}: largest relative difference {worst:e2}");
        Assert.InRange(worst, 0, Tolerated);
    }

    [OpenClFact]
    public void MaximaAndMinimaOfNaNAreNaN()
    {
        float[] values = [1f, -2f, 0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        float[] x = [.. from a in values from b in values from value in (float[])[a, b] select value];
        float[] y = KernelCalls.Run(Open(), x, x.Length, frame => frame.Elements(new Kernels.Extremes(frame.Input(0), frame.Output(0)), x.Length / 2));
        for (int i = 0; i < x.Length; i += 2)
        {
            Assert.Equal(MathF.Max(x[i], x[i + 1]), y[i]);
            Assert.Equal(MathF.Min(x[i], x[i + 1]), y[i + 1]);
        }
    }

    /// <summary>A product that is also in a sum has the processor's bits, and so has the sum; one that a sum takes in may be rounded with it.</summary>
    [OpenClFact]
    public void ProductsRoundAsTheyAreWritten()
    {
        var random = new Random(1);
        float[] x = [.. Enumerable.Range(0, 30_000).Select(_ => random.NextSingle() - 0.5f)];
        float[] y = KernelCalls.Run(Open(), x, x.Length, frame => frame.Elements(new Kernels.Rounded(frame.Input(0), frame.Output(0)), x.Length / 3));
        int fused = 0;
        for (int i = 0; i < x.Length; i += 3)
        {
            float product = x[i] * x[i + 1], sum = product + x[i + 2], once = MathF.FusedMultiplyAdd(x[i], x[i + 1], x[i + 2]);
            Assert.Equal(product, y[i]);
            Assert.Equal(sum, y[i + 1]);
            Assert.True(y[i + 2] == sum || y[i + 2] == once);
            fused += sum != once && y[i + 2] == once ? 1 : 0;
        }

        output.WriteLine($"{fused} of {x.Length / 3} sums differ by being rounded once");
    }

    [OpenClFact]
    public void RandomNumbersAreTheProcessors()
    {
        var stream = new RandomStream(1, 2, 3, 4);
        float[] y = KernelCalls.Run(Open(), [0f], 10_000, frame => frame.Elements(new Kernels.Uniform(frame.Output(0), stream), 10_000));
        Assert.All(y.Index(), pair => Assert.Equal(stream.Uniform((uint)pair.Index), pair.Item));
    }

    private static float OnProcessor(int which, float x)
    {
        var lane = Simd1.Broadcast(x);
        return which switch
        {
            0 => Simd1.Sum(SimdMath.Exp(lane)),
            1 => Simd1.Sum(SimdMath.Log(lane)),
            2 => Simd1.Sum(SimdMath.Tanh(lane)),
            3 => Simd1.Sum(SimdMath.Sigmoid(lane)),
            4 => Simd1.Sum(SimdMath.Erf(lane)),
            5 => Simd1.Sum(SimdMath.NormalCdf(lane)),
            7 => Simd1.Sum(SimdMath.Expm1(lane)),
            8 => Simd1.Sum(SimdMath.Log1p(lane)),
            9 => Simd1.Sum(SimdMath.Sin(lane)),
            10 => Simd1.Sum(SimdMath.Cos(lane)),
            11 => Simd1.Sum(SimdMath.Pow(lane, Simd1.Broadcast(2.7f))),
            12 => Simd1.Sum(SimdMath.Pow(lane, Simd1.Broadcast(-3f))),
            13 => Simd1.Sum(SimdMath.Pow(Simd1.Broadcast(1.7f), lane)),
            _ => MathF.Sqrt(x),
        };
    }

    private static IEnumerable<float> Range() => Enumerable.Range(-4000, 8001).Select(i => i * 0.025f).Concat(Enumerable.Range(-120, 240).Select(i => MathF.Pow(2, i) * 1.1f));
}
