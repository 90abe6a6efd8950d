using System;
using System.Linq;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

public class SimdMath512Tests : SimdMathTests<Simd512>;

public class SimdMath256Tests : SimdMathTests<Simd256>;

public class SimdMath128Tests : SimdMathTests<Simd128>;

public class SimdMath1Tests : SimdMathTests<Simd1>;

/// <summary>Elementary functions against double precision, in units in the last place, over every exponent; and special values.</summary>
public abstract class SimdMathTests<V>
    where V : struct, ISimd<V>
{
    private const int Samples = 400_009;

    [Fact]
    public void Exp() => Check(SimdMath.Exp, Math.Exp, 1.1, [(0, 1), (-0f, 1), (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity),
        (float.NegativeInfinity, 0), (1e-45f, 1), (89f, float.PositiveInfinity), (-103.9f, 1e-45f), (-104f, 0), (-1e30f, 0)]);

    [Fact]
    public void Log() => Check(SimdMath.Log, Math.Log, 0.9, [(1, 0), (0, float.NegativeInfinity), (-0f, float.NegativeInfinity), (-1, float.NaN),
        (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, float.NaN), (1e-45f, -103.278929f), (-1e-45f, float.NaN)]);

    [Fact]
    public void Tanh() => Check(SimdMath.Tanh, Math.Tanh, 2.4, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, 1),
        (float.NegativeInfinity, -1), (1e-45f, 1e-45f), (-1e-40f, -1e-40f), (50, 1), (-50, -1)]);

    [Fact]
    public void Sigmoid() => Check(SimdMath.Sigmoid, static x => 1 / (1 + Math.Exp(-x)), 2.1, [(0, 0.5f), (-0f, 0.5f), (float.NaN, float.NaN),
        (float.PositiveInfinity, 1), (float.NegativeInfinity, 0), (200, 1), (-100, 3.78350585e-44f), (1e-45f, 0.5f)]);

    [Fact]
    public void Erf() => Check(SimdMath.Erf, ErrorFunction.Erf, 1.2, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, 1),
        (float.NegativeInfinity, -1), (1e-45f, 1e-45f), (5, 1), (-5, -1)]);

    [Fact]
    public void NormalCdf()
    {
        (double absolute, float at) = Worst(SimdMath.NormalCdf, Distribution, (y, exact) => Math.Abs(y - exact));
        Assert.True(absolute <= 1.1e-7, $"{absolute} at {at:R}");
        (double relative, at) = Worst(SimdMath.NormalCdf, Distribution, (y, exact) => exact > 0.0013 ? Math.Abs((y / exact) - 1) : 0);
        Assert.True(relative <= 3e-6, $"{relative} of itself at {at:R}");
        Assert.Equal([0.5f, 0.5f, 1f, 0f, float.NaN], ((float[])[0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN]).Select(x => V.Max(SimdMath.NormalCdf(V.Broadcast(x)))));

        static double Distribution(double x) => 0.5 * (1 + ErrorFunction.Erf(x / Math.Sqrt(2)));
    }

    [Fact]
    public void TheGreatestOfManyIsNaNWhereAnyIsNaN()
    {
        float[] values = [1f, -2f, float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        foreach (float first in values)
        {
            foreach (float second in values)
            {
                foreach (float third in values)
                {
                    V greatest = V.Greatest(V.Greatest(V.Broadcast(first), V.Broadcast(second)), V.Broadcast(third));
                    Assert.Equal(MathF.Max(MathF.Max(first, second), third), V.Max(greatest));
                }
            }
        }
    }

    [Fact]
    public void EveryWidthGivesTheSameBits()
    {
        CheckSame(SimdMath.Exp, SimdMath.Exp);
        CheckSame(SimdMath.Log, SimdMath.Log);
        CheckSame(SimdMath.Tanh, SimdMath.Tanh);
        CheckSame(SimdMath.Sigmoid, SimdMath.Sigmoid);
        CheckSame(SimdMath.Erf, SimdMath.Erf);
        CheckSame(SimdMath.NormalCdf, SimdMath.NormalCdf);
    }

    private static void CheckSame(Func<V, V> function, Func<Simd1, Simd1> scalar)
    {
        for (int sample = 0; sample < Samples; sample += 7)
        {
            float x = Sample(sample);
            Assert.Equal(Simd1.Max(scalar(Simd1.Broadcast(x))), V.Max(function(V.Broadcast(x))));
        }
    }

    private static void Check(Func<V, V> function, Func<double, double> exact, double bound, (float X, float Y)[] specials)
    {
        foreach ((float x, float y) in specials)
        {
            Assert.Equal(y, V.Max(function(V.Broadcast(x))));
            Assert.Equal(float.IsNegative(y), float.IsNegative(V.Min(function(V.Broadcast(x)))) || float.IsNaN(y) && float.IsNegative(y));
        }

        (double worst, float at) = Worst(function, exact, Ulps);
        Assert.True(worst <= bound, $"{worst} units in the last place at {at:R}");
    }

    private static (double Worst, float At) Worst(Func<V, V> function, Func<double, double> exact, Func<float, double, double> measure)
    {
        using var x = new NativeFloats(V.Count);
        using var y = new NativeFloats(V.Count);
        (double Worst, float At) worst = default;
        for (int sample = 0; sample < Samples; sample += V.Count)
        {
            for (int lane = 0; lane < V.Count; lane++)
            {
                x.Span[lane] = Sample(sample + lane);
            }

            V.Store(y.Buffer, 0, function(V.Load(x.Buffer, 0)));
            for (int lane = 0; lane < V.Count; lane++)
            {
                double error = measure(y.Span[lane], exact(x.Span[lane]));
                worst = error > worst.Worst ? (error, x.Span[lane]) : worst;
            }
        }

        return worst;
    }

    /// <summary>Half the samples walk through all bit patterns, half through [−110, 110] and [0, 2].</summary>
    private static float Sample(int index)
    {
        double part = (double)(index / 4) / (Samples / 4);
        float sample = (index % 4) switch
        {
            0 => (float)((part * 220) - 110),
            1 => (float)(part * 2),
            2 => BitConverter.Int32BitsToSingle((int)(part * 0x7F7FFFFF)),
            _ => -BitConverter.Int32BitsToSingle((int)(part * 0x7F7FFFFF)),
        };
        return sample;
    }

    private static double Ulps(float actual, double exact)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        if (float.IsInfinity((float)exact) || float.IsInfinity(actual))
        {
            return (float)exact == actual ? 0 : double.PositiveInfinity;
        }

        int exponent = Math.Max(Math.ILogB(exact), -126);
        return exact == 0 ? (actual == 0 ? 0 : double.PositiveInfinity) : Math.Abs(actual - exact) / Math.ScaleB(1, exponent - 23);
    }
}
