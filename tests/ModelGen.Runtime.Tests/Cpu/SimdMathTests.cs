using System;
using System.Linq;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Cpu;

public class SimdMath512Tests(ITestOutputHelper output) : SimdMathTests<Simd512>(output);

public class SimdMath256Tests(ITestOutputHelper output) : SimdMathTests<Simd256>(output);

public class SimdMath128Tests(ITestOutputHelper output) : SimdMathTests<Simd128>(output);

public class SimdMath1Tests(ITestOutputHelper output) : SimdMathTests<Simd1>(output);

/// <summary>Elementary functions against double precision, in units in the last place, over every exponent; and special values.</summary>
public abstract class SimdMathTests<V>(ITestOutputHelper output)
    where V : struct, ISimd<V>
{
    [Fact]
    public void Exp() => Check(SimdMath.Exp, Math.Exp, [(0, 1), (-0f, 1), (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity),
        (float.NegativeInfinity, 0), (1e-45f, 1), (89f, float.PositiveInfinity), (-103.9f, 1e-45f), (-104f, 0), (-1e30f, 0)]);

    [Fact]
    public void Expm1() => Check(SimdMath.Expm1, Exponential, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity),
        (float.NegativeInfinity, -1), (1e-45f, 1e-45f), (-1e-40f, -1e-40f), (89f, float.PositiveInfinity), (-1e30f, -1), (88f, 1.65163625e38f)]);

    [Fact]
    public void Log() => Check(SimdMath.Log, Math.Log, [(1, 0), (0, float.NegativeInfinity), (-0f, float.NegativeInfinity), (-1, float.NaN),
        (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, float.NaN), (1e-45f, -103.278929f), (-1e-45f, float.NaN)]);

    [Fact]
    public void Log1p() => Check(SimdMath.Log1p, Logarithm, [(0, 0), (-0f, -0f), (-1, float.NegativeInfinity), (-1.0000001f, float.NaN),
        (float.NaN, float.NaN), (float.PositiveInfinity, float.PositiveInfinity), (float.NegativeInfinity, float.NaN), (1e-45f, 1e-45f), (-1e-40f, -1e-40f)]);

    [Fact]
    public void Sin() => Check(SimdMath.Sin, Math.Sin, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, float.NaN),
        (float.NegativeInfinity, float.NaN), (1e-45f, 1e-45f), (-1e-40f, -1e-40f), (3.14159274f, -8.74227766e-08f), (3.40282347e38f, -0.521876514f)]);

    [Fact]
    public void Cos() => Check(SimdMath.Cos, Math.Cos, [(0, 1), (-0f, 1), (float.NaN, float.NaN), (float.PositiveInfinity, float.NaN),
        (float.NegativeInfinity, float.NaN), (1e-45f, 1), (1.57079637f, -4.37113883e-08f), (3.40282347e38f, 0.853021026f)]);

    [Fact]
    public void Tanh() => Check(SimdMath.Tanh, Math.Tanh, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, 1),
        (float.NegativeInfinity, -1), (1e-45f, 1e-45f), (-1e-40f, -1e-40f), (50, 1), (-50, -1)]);

    [Fact]
    public void Sigmoid() => Check(SimdMath.Sigmoid, static x => 1 / (1 + Math.Exp(-x)), [(0, 0.5f), (-0f, 0.5f), (float.NaN, float.NaN),
        (float.PositiveInfinity, 1), (float.NegativeInfinity, 0), (200, 1), (-100, 3.78350585e-44f), (1e-45f, 0.5f)]);

    [Fact]
    public void Erf() => Check(SimdMath.Erf, ErrorFunction.Erf, [(0, 0), (-0f, -0f), (float.NaN, float.NaN), (float.PositiveInfinity, 1),
        (float.NegativeInfinity, -1), (1e-45f, 1e-45f), (5, 1), (-5, -1)]);

    /// <summary>Bases of every size; exponents of every size, whole and half ones, and those with which the power is a number at all.</summary>
    [Fact]
    public void Pow()
    {
        Random random = new(1);
        double bound = Accuracy.BoundOf(nameof(Pow));
        for (int pair = 0, last = Accuracy.OfEveryFloat ? 50_000_000 : 200_000; pair < last; pair++)
        {
            float a = Accuracy.Pattern(random.NextInt64()), b = (pair % 4) switch
            {
                0 => Accuracy.Pattern(random.NextInt64()),
                1 => random.Next(-60, 60) / 2f,
                _ => (float)(((random.NextDouble() * 310) - 155) / Math.Log2(Math.Abs(a))),
            };
            a = pair % 4 == 2 ? Math.Abs(a) : pair % 4 == 3 ? 1 + ((random.NextSingle() - 0.5f) * 0.01f) : a;
            double error = Accuracy.Ulps(Power(a, b), Math.Pow(a, b));
            Assert.True(error <= bound, $"{a:R} to the power of {b:R}: {error} units in the last place");
        }
    }

    /// <summary>Pairs of all special values against the platform's function, which follows IEEE 754.</summary>
    [Fact]
    public void PowersOfSpecialValues()
    {
        float[] specials =
        [
            0f, -0f, 1f, -1f, 0.5f, -0.5f, 2f, -2f, 3f, -3f, 2.5f, 1e-45f, -1e-45f, 1e-40f, float.MaxValue, float.MinValue, 16777215f, -16777215f, 16777216f, 1e10f,
            0.99999994f, 1.00000012f, -1.00000012f, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
        ];
        foreach (float a in specials)
        {
            foreach (float b in specials)
            {
                double exact = Math.Pow(a, b);
                float actual = Power(a, b);
                Assert.True(Accuracy.Ulps(actual, exact) <= Accuracy.BoundOf(nameof(Pow)), $"{a:R} to the power of {b:R} is {actual:R}, not {exact:R}");
                Assert.True(double.IsNaN(exact) || double.IsNegative(exact) == float.IsNegative(actual), $"{a:R} to the power of {b:R} has the wrong sign");
            }
        }
    }

    [Fact]
    public void NormalCdf()
    {
        (double absolute, float at) = Accuracy.Worst<V>(SimdMath.NormalCdf, Distribution, (y, exact) => Math.Abs(y - exact));
        Assert.True(absolute <= 1.1e-7, $"{absolute} at {at:R}");
        (double relative, at) = Accuracy.Worst<V>(SimdMath.NormalCdf, Distribution, (y, exact) => exact > 0.0013 ? Math.Abs((y / exact) - 1) : 0);
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
        CheckSame(SimdMath.Expm1, SimdMath.Expm1);
        CheckSame(SimdMath.Log1p, SimdMath.Log1p);
        CheckSame(SimdMath.Sin, SimdMath.Sin);
        CheckSame(SimdMath.Cos, SimdMath.Cos);
        CheckSame(x => SimdMath.Pow(x, V.Broadcast(1.7f)), x => SimdMath.Pow(x, Simd1.Broadcast(1.7f)));
        CheckSame(x => SimdMath.Pow(V.Broadcast(-1.7f), x), x => SimdMath.Pow(Simd1.Broadcast(-1.7f), x));
    }

    private static void CheckSame(Func<V, V> function, Func<Simd1, Simd1> scalar)
    {
        for (long bits = 0; bits < 1L << 32; bits += 70_001)
        {
            float x = Accuracy.Pattern(bits);
            Assert.Equal(Simd1.Max(scalar(Simd1.Broadcast(x))), V.Max(function(V.Broadcast(x))));
        }
    }

    private void Check(Func<V, V> function, Func<double, double> exact, (float X, float Y)[] specials, [CallerMemberName] string name = "")
    {
        foreach ((float x, float y) in specials)
        {
            Assert.Equal(y, V.Max(function(V.Broadcast(x))));
            Assert.Equal(float.IsNegative(y), float.IsNegative(V.Min(function(V.Broadcast(x)))) || float.IsNaN(y) && float.IsNegative(y));
        }

        (double worst, float at) = Accuracy.Worst(function, exact, Accuracy.Ulps);
        Assert.True(worst <= Accuracy.BoundOf(name), $"{worst} units in the last place at {at:R}");
        output.WriteLine($"{name}: {worst:f3} units in the last place at {at:R}");
    }

    private static float Power(float a, float b) => V.Max(SimdMath.Pow(V.Broadcast(a), V.Broadcast(b)));

    private static double Exponential(double x) => x < -1 ? Math.Exp(x) - 1 : 2 * Math.Exp(x / 2) * Math.Sinh(x / 2);

    /// <summary>The sum's logarithm, corrected by what the sum has lost of x.</summary>
    private static double Logarithm(double x) => 1 + x == 1 || double.IsPositiveInfinity(x) ? x : x * (Math.Log(1 + x) / (1 + x - 1));
}
