using System;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

public class Simd512Tests : SimdTests<Simd512>;

public class Simd256Tests : SimdTests<Simd256>;

public class Simd128Tests : SimdTests<Simd128>;

public class Simd1Tests : SimdTests<Simd1>;

/// <summary>Every operation of a vector against the same operation on each lane.</summary>
public abstract class SimdTests<V>
    where V : struct, ISimd<V>
{
    private static readonly float[] Specials =
    [
        0f, -0f, 1f, -1f, 0.5f, 1.5f, 2.5f, -2.5f, 3.75f, -3.75f, 1e-45f, -1e-45f, 1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN, 123456.7f, -0.3333f,
    ];

    [Fact]
    public void ArithmeticEqualsTheScalarOperation()
    {
        Binary(static (a, b) => a + b, static (a, b) => a + b);
        Binary(static (a, b) => a - b, static (a, b) => a - b);
        Binary(static (a, b) => a * b, static (a, b) => a * b);
        Binary(static (a, b) => a / b, static (a, b) => a / b);
        Binary(V.Max, MathF.Max);
        Binary(V.Min, MathF.Min);
        Unary(static a => -a, static a => -a);
        Unary(V.Abs, MathF.Abs);
        Unary(V.Sqrt, MathF.Sqrt);
        Unary(V.Floor, MathF.Floor);
        Unary(V.Round, MathF.Round);
        Unary(static a => V.Clamp(a, -2f, 1.25f), static a => float.IsNaN(a) ? a : Math.Clamp(a, -2f, 1.25f));
    }

    [Fact]
    public void MultiplyAddRoundsOnceWhereTheHardwareDoes() => Binary(
        static (a, b) => V.MultiplyAdd(a, b, V.Broadcast(-1.1f)),
        static (a, b) => SimdWidth.FusesMultiplyAdd ? MathF.FusedMultiplyAdd(a, b, -1.1f) : (a * b) + -1.1f);

    [Fact]
    public void ComparisonsSelect()
    {
        Binary(static (a, b) => V.Select(V.Equal(a, b), a, V.Broadcast(7f)), static (a, b) => a == b ? a : 7f);
        Binary(static (a, b) => V.Select(V.Greater(a, b), a, V.Broadcast(7f)), static (a, b) => a > b ? a : 7f);
        Binary(static (a, b) => V.Select(V.GreaterEqual(a, b), a, V.Broadcast(7f)), static (a, b) => a >= b ? a : 7f);
        Binary(static (a, b) => V.Select(V.Not(V.Greater(a, b)), a, b), static (a, b) => a > b ? b : a);
        Binary(
            static (a, b) => V.Select(V.And(V.Greater(a, b), V.Greater(b, V.Zero)), a, b),
            static (a, b) => a > b && b > 0 ? a : b);
        Binary(
            static (a, b) => V.Select(V.Or(V.Greater(a, b), V.Greater(b, V.Zero)), a, b),
            static (a, b) => a > b || b > 0 ? a : b);
        Binary(static (a, b) => V.And(V.Greater(a, b), V.Broadcast(1f)), static (a, b) => a > b ? 1f : 0f);
    }

    [Fact]
    public void ScaleMultipliesByPowersOfTwo()
    {
        for (int n = -252; n <= 254; n++)
        {
            float power = n;
            Assert.Equal((float)Math.ScaleB(1.25, n), V.Max(V.Scale(V.Broadcast(1.25f), V.Broadcast(power))));
        }
    }

    [Fact]
    public void MantissaTimesPowerIsTheNumber()
    {
        foreach (float x in new[] { 1.17549435e-38f, 0.1f, 0.70710677f, 0.70710683f, 1f, 1.4142135f, 1.4142137f, 3f, 1e10f, float.MaxValue })
        {
            float mantissa = V.Max(V.Mantissa(V.Broadcast(x), out V exponent));
            Assert.InRange(mantissa, 0.70710676f, 1.4142137f);
            Assert.Equal(x, (float)Math.ScaleB(mantissa, (int)V.Max(exponent)));
        }
    }

    [Fact]
    public void ReductionsSeeEveryLane()
    {
        for (int lane = 0; lane < V.Count; lane++)
        {
            V counted = V.Iota(1f);
            V only = V.Select(V.Equal(counted, V.Broadcast(lane + 1)), V.Broadcast(100f), V.Broadcast(1f));
            Assert.Equal(99f + V.Count, V.Sum(only));
            Assert.Equal(100f, V.Max(only));
            Assert.Equal(-100f, V.Min(-only));
            V broken = V.Select(V.Equal(counted, V.Broadcast(lane + 1)), V.Broadcast(float.NaN), V.Broadcast(1f));
            Assert.Equal(float.NaN, V.Max(broken));
            Assert.Equal(float.NaN, V.Min(broken));
        }

        Assert.Equal(V.Count * (V.Count + 1) / 2, V.Sum(V.Iota(1f)));
    }

    [Fact]
    public void PartialLoadsAndStoresTouchOnlyTheirLanes()
    {
        using NativeFloats source = NativeFloats.Random(V.Count, 1);
        for (int count = 0; count <= V.Count; count++)
        {
            var lanes = new FirstLanes(count);
            float[] expected = source.Span.ToArray();
            expected.AsSpan(count).Clear();
            Assert.Equal(expected, Lanes(V.Load(source.Buffer, 0, lanes)));

            using var destination = new NativeFloats(count);
            V.Store(destination.Buffer, 0, V.Load(source.Buffer, 0), lanes);
            Assert.Equal(source.Span[..count].ToArray(), destination.Span.ToArray());
            Assert.True(destination.MarginsUntouched);

            V kept = V.Keep(V.Iota(0f), V.Broadcast(-5f), lanes);
            Assert.Equal(count == 0 ? -5f : count - 1, V.Max(kept));
            Assert.Equal(count == V.Count ? 0f : -5f, V.Min(kept));
        }

        Assert.Equal(source.Span.ToArray(), Lanes(V.Load(source.Buffer, 0, default(AllLanes))));
        Assert.Equal(1f, V.Min(V.Keep(V.Broadcast(1f), V.Broadcast(-5f), default(AllLanes))));
    }

    [Fact]
    public void PartialLoadsAndStoresDoNotFault()
    {
        if (!GuardedPage.IsSupported)
        {
            return;
        }

        using var page = new GuardedPage();
        for (int count = 0; count <= V.Count; count++)
        {
            var lanes = new FirstLanes(count);
            V.Store(page.Last(count), 0, V.Broadcast(3f), lanes);
            Assert.Equal(3f * count, V.Sum(V.Load(page.Last(count), 0, lanes)));
            V.Scatter(page.Last(count), 0, 1, V.Broadcast(2f), lanes);
            Assert.Equal(2f * count, V.Sum(V.Gather(page.Last(count), 0, 1, lanes)));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(-2)]
    public void GatherAndScatterStride(int stride)
    {
        int start = stride < 0 ? -stride * V.Count : 0;
        using NativeFloats source = NativeFloats.Random((Math.Abs(stride) * V.Count) + start + 1, 2);
        for (int count = 0; count <= V.Count; count++)
        {
            float[] gathered = Lanes(V.Gather(source.Buffer, start, stride, new FirstLanes(count)));
            using var destination = new NativeFloats(source.Length);
            V.Scatter(destination.Buffer, start, stride, V.Iota(1f), new FirstLanes(count));
            for (int lane = 0; lane < V.Count; lane++)
            {
                Assert.Equal(lane < count ? source.Span[start + (lane * stride)] : 0f, gathered[lane]);
                Assert.Equal(lane < count, destination.Span[start + (lane * stride)] == lane + 1);
            }
        }

        Assert.Equal(
            Lanes(V.Gather(source.Buffer, start, stride, new FirstLanes(V.Count))),
            Lanes(V.Gather(source.Buffer, start, stride, default(AllLanes))));
    }

    [Fact]
    public unsafe void IntegersAreConverted()
    {
        int* integers = stackalloc int[V.Count];
        for (int lane = 0; lane < V.Count; lane++)
        {
            integers[lane] = (lane * 1001) - 3000;
        }

        for (int count = 0; count <= V.Count; count++)
        {
            float[] loaded = Lanes(V.LoadInt(new Buffer<int>(integers), 0, new FirstLanes(count)));
            for (int lane = 0; lane < V.Count; lane++)
            {
                Assert.Equal(lane < count ? (lane * 1001) - 3000 : 0f, loaded[lane]);
            }
        }
    }

    [Fact]
    public void UniformEqualsTheScalarFormBitForBit()
    {
        var stream = new RandomStream(0x1234567890ABCDEF, 17, 0xDEADBEEF, 3);
        foreach (uint first in new uint[] { 0, 1, 16, 12345, int.MaxValue, uint.MaxValue - 5 })
        {
            float[] numbers = Lanes(V.Uniform(stream, first));
            for (uint lane = 0; lane < V.Count; lane++)
            {
                Assert.Equal(stream.Uniform(first + lane), numbers[lane]);
            }
        }
    }

    private static float[] Lanes(V value)
    {
        using var lanes = new NativeFloats(V.Count);
        V.Store(lanes.Buffer, 0, value);
        return lanes.Span.ToArray();
    }

    private static void Unary(Func<V, V> vector, Func<float, float> scalar) => Binary((a, _) => vector(a), (a, _) => scalar(a));

    private static void Binary(Func<V, V, V> vector, Func<float, float, float> scalar)
    {
        using var a = new NativeFloats(V.Count);
        using var b = new NativeFloats(V.Count);
        for (int pair = 0; pair < Specials.Length * Specials.Length; pair++)
        {
            for (int lane = 0; lane < V.Count; lane++)
            {
                a.Span[lane] = Specials[(pair + lane) % Specials.Length];
                b.Span[lane] = Specials[(pair + (lane * 3)) / Specials.Length % Specials.Length];
            }

            float[] result = Lanes(vector(V.Load(a.Buffer, 0), V.Load(b.Buffer, 0)));
            for (int lane = 0; lane < V.Count; lane++)
            {
                AssertSame(scalar(a.Span[lane], b.Span[lane]), result[lane], a.Span[lane], b.Span[lane]);
            }
        }
    }

    private static void AssertSame(float expected, float actual, float a, float b)
    {
        bool same = float.IsNaN(expected) ? float.IsNaN(actual) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
        Assert.True(same, $"expected {expected}, got {actual} for {a} and {b}");
    }
}
