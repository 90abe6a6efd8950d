using System;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

public class Gemm512Tests : GemmTests<Simd512>;

public class Gemm256Tests : GemmTests<Simd256>;

public class Gemm128Tests : GemmTests<Simd128>;

public class Gemm1Tests : GemmTests<Simd1>;

/// <summary>Products of every width against a loop in double precision.</summary>
public abstract class GemmTests<V>
    where V : struct, ISimd<V>
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void SmallSizesCrossed(bool transposeA, bool transposeB)
    {
        for (int m = 1; m <= 20; m++)
        {
            for (int n = 1; n <= 20; n++)
            {
                for (int k = 0; k <= 20; k += k < 5 ? 1 : 3)
                {
                    Check(m, n, k, transposeA, transposeB);
                }
            }
        }
    }

    [Theory]
    [InlineData(67, 131, 301)]
    [InlineData(97, 49, 513)]
    [InlineData(5, 1000, 300)]
    [InlineData(4, 515, 33)]
    [InlineData(130, 3, 260)]
    [InlineData(200, 1, 77)]
    [InlineData(1, 1, 5001)]
    [InlineData(1, 333, 259)]
    [InlineData(7000, 20, 10)]
    [InlineData(33, 1100, 290)]
    [InlineData(8, 64, 40)]
    [InlineData(70, 33, 20)]
    [InlineData(96, 112, 50)]
    [InlineData(130, 64, 300)]
    [InlineData(100, 257, 520)]
    [InlineData(520, 40, 30)]
    public void OddSizes(int m, int n, int k)
    {
        Check(m, n, k, false, false);
        Check(m, n, k, false, true);
        Check(m, n, k, true, false);
        Check(m, n, k, true, true);
    }

    /// <summary>A left factor that is made as it is read, of its own elements and their places, in every transposition.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 70, 33)]
    [InlineData(3, 515, 0)]
    [InlineData(4, 20, 300)]
    [InlineData(5, 3, 20)]
    [InlineData(40, 2, 300)]
    [InlineData(67, 131, 301)]
    [InlineData(97, 49, 513)]
    [InlineData(130, 64, 300)]
    [InlineData(520, 40, 30)]
    public void PrologueMakesTheLeftFactor(int m, int n, int k)
    {
        foreach ((bool transposeA, bool transposeB) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
        {
            int width = transposeA ? m : k;
            using NativeFloats a = NativeFloats.Random(m * k, m), b = NativeFloats.Random(k * n, n + 100);
            using NativeFloats made = new(m * k), product = new(m * n);
            for (int at = 0; at < m * k; at++)
            {
                made.Span[at] = (a.Span[at] * 2) + (at / width) - (at % width);
            }

            unsafe
            {
                var kernel = new ShiftAndStore(product.Buffer, n);
                GemmOperands operands = new(m, n, k, a.Buffer.Start, transposeA, b.Buffer.Start, transposeB);
                Gemm.Multiply<V, ShiftAndStore>(operands with { Reader = LeftReader.For<V, ShiftAndStore>(&kernel) }, ref kernel, 1);
            }

            CheckProduct(m, n, k, made, transposeA, b, transposeB, product);
        }
    }

    [Fact]
    public void SeveralSlabsOfColumns()
    {
        Check(6, 2100, 2500, false, true);
        Check(40, 2100, 2500, true, false);
        Check(97, 260, 17000, false, true);
    }

    [Theory]
    [InlineData(9, 50, 300)]
    [InlineData(1, 50, 300)]
    [InlineData(40, 2, 300)]
    public void NanAndInfinityReachTheProduct(int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, 1);
        using NativeFloats b = NativeFloats.Random(n * k, 2);
        using var c = new NativeFloats(m * n);
        a.Span[((m - 1) * k) + 290] = float.NaN;
        b.Span[290] = 0;
        b.Span[k + 3] = float.PositiveInfinity;
        a.Span[3] = 0;
        Multiply(m, n, k, a, false, b, true, c);
        for (int column = 0; column < n; column++)
        {
            Assert.Equal(float.NaN, c.Span[((m - 1) * n) + column]);
        }

        Assert.Equal(float.NaN, c.Span[1]); // 0 · ∞
    }

    [Fact]
    public void AddEpilogueAdds()
    {
        using NativeFloats a = NativeFloats.Random(9 * 5, 1);
        using NativeFloats b = NativeFloats.Random(5 * 19, 2);
        using var once = new NativeFloats(9 * 19);
        using var twice = new NativeFloats(new float[9 * 19]);
        Multiply(9, 19, 5, a, false, b, false, once);
        var add = new AddEpilogue(twice.Buffer, 19);
        for (int round = 0; round < 2; round++)
        {
            unsafe
            {
                Gemm.Multiply<V, AddEpilogue>(new GemmOperands(9, 19, 5, a.Buffer.Start, false, b.Buffer.Start, false), ref add, 1);
            }
        }

        for (int i = 0; i < once.Length; i++)
        {
            Assert.Equal(once.Span[i] + once.Span[i], twice.Span[i]);
        }
    }

    /// <summary>An epilogue that receives its elements in registers sees the same ones, whole tiles and halves of them, one depth and several.</summary>
    [Theory]
    [InlineData(3, 33, 20)]
    [InlineData(9, 33, 20)]
    [InlineData(12, 96, 20)]
    [InlineData(21, 49, 256)]
    [InlineData(20, 49, 256)]
    [InlineData(100, 150, 300)]
    public void AddedElementsAreTheSameElements(int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, m), b = NativeFloats.Random(k * n, n + 100), bias = NativeFloats.Random(n, 3);
        using NativeFloats product = new(m * n), sum = new(m * n);
        Multiply(m, n, k, a, false, b, true, product);
        var add = new AddBias(bias.Buffer, sum.Buffer, n);
        unsafe
        {
            Gemm.Multiply<V, AddBias>(new GemmOperands(m, n, k, a.Buffer.Start, false, b.Buffer.Start, true), ref add, 1);
        }

        Assert.True(sum.MarginsUntouched);
        for (int i = 0; i < sum.Length; i++)
        {
            Assert.Equal(product.Span[i] + bias.Span[i % n], sum.Span[i]);
        }
    }

    private static void Check(int m, int n, int k, bool transposeA, bool transposeB)
    {
        using NativeFloats a = NativeFloats.Random(m * k, m);
        using NativeFloats b = NativeFloats.Random(k * n, n + 100);
        using var c = new NativeFloats(m * n);
        Multiply(m, n, k, a, transposeA, b, transposeB, c);
        CheckProduct(m, n, k, a, transposeA, b, transposeB, c);
    }

    private static void CheckProduct(int m, int n, int k, NativeFloats a, bool transposeA, NativeFloats b, bool transposeB, NativeFloats c)
    {
        Assert.True(c.MarginsUntouched);
        int rowStep = 1 + (m * n * (k / 100) / 100_000); // large products are sampled
        for (int row = 0; row < m; row += rowStep)
        {
            for (int column = 0; column < n; column++)
            {
                (double exact, double size) = ProductReference.Element(row, column, m, n, k, a.Span, transposeA, b.Span, transposeB);
                double error = Math.Abs(c.Span[(row * n) + column] - exact);
                Assert.True(error <= 1e-6 * size, $"{m}x{n}x{k} {transposeA} {transposeB} [{row}, {column}]: {c.Span[(row * n) + column]} for {exact}");
            }
        }
    }

    private static unsafe void Multiply(int m, int n, int k, NativeFloats a, bool transposeA, NativeFloats b, bool transposeB, NativeFloats c)
    {
        var store = new StoreEpilogue(c.Buffer, n);
        Gemm.Multiply<V, StoreEpilogue>(new GemmOperands(m, n, k, a.Buffer.Start, transposeA, b.Buffer.Start, transposeB), ref store, 1);
    }

    private readonly struct ShiftAndStore(Buffer<float> destination, int rowStride) : IGemmPrologue, IGemmEpilogue
    {
        public W Read<W, L>(int row, int column, W factor, L lanes)
            where W : struct, ISimd<W>
            where L : struct, ILanes => (factor * W.Broadcast(2)) + W.Broadcast(row) - W.Iota(column);

        public void Apply<W, L>(int block, int row, int column, W product, L lanes)
            where W : struct, ISimd<W>
            where L : struct, ILanes => W.Store(destination, ((nint)row * rowStride) + column, product, lanes);
    }

    private readonly struct AddBias(Buffer<float> bias, Buffer<float> destination, int rowStride) : IGemmEpilogue
    {
        public static bool MayBeForeseen => true;

        public static bool OnlyAdds => true;

        public void Apply<W, L>(int block, int row, int column, W product, L lanes)
            where W : struct, ISimd<W>
            where L : struct, ILanes => W.Write(destination, ((nint)row * rowStride) + column, product + W.Load(bias, column, lanes), lanes);
    }
}
