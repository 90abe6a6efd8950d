using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

public class GemmParts512Tests : GemmPartsTests<Simd512>;

public class GemmParts256Tests : GemmPartsTests<Simd256>;

public class GemmParts128Tests : GemmPartsTests<Simd128>;

public class GemmParts1Tests : GemmPartsTests<Simd1>;

/// <summary>Products whose columns are parts have the bits of other products, and their epilogue sees the elements that belong together.</summary>
public abstract class GemmPartsTests<V>
    where V : struct, ISimd<V>
{
    [Fact]
    public void SmallSizesCrossed()
    {
        foreach (int m in (int[])[1, 2, 4, 5, 8, 9, 17])
        {
            for (int width = 1; width <= 20; width++)
            {
                foreach (int k in (int[])[0, 1, 3, 20])
                {
                    CheckAll(m, width, k);
                }
            }
        }
    }

    [Theory]
    [InlineData(32, 128, 128)]
    [InlineData(1, 128, 128)]
    [InlineData(3, 70, 33)]
    [InlineData(67, 131, 301)]
    [InlineData(97, 49, 513)]
    [InlineData(8, 64, 40)]
    [InlineData(130, 90, 300)]
    [InlineData(520, 40, 30)]
    [InlineData(33, 37, 37)]
    public void OddSizes(int m, int width, int k) => CheckAll(m, width, k);

    [Fact]
    public void SeveralSlabsOfColumns() => Check<Four>(9, 250, 6000, false, true);

    [Theory]
    [InlineData(9)]
    [InlineData(1)]
    public void NanReachesItsRowOrItsColumns(int m)
    {
        const int Width = 21, K = 40;
        using NativeFloats a = NativeFloats.Random(m * K, 1), b = NativeFloats.Random(K * 4 * Width, 2);
        using NativeFloats product = new(m * 4 * Width), sum = new(m * Width);
        a.Span[((m - 1) * K) + 7] = float.NaN;
        b.Span[(((2 * Width) + 20) * K) + 39] = float.NaN;
        Multiply<Four>(m, Width, K, a, false, b, true, product, sum, isPacked: false, isStored: false);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < 4 * Width; column++)
            {
                Assert.Equal(row == m - 1 || column == (2 * Width) + 20, float.IsNaN(product.Span[(row * 4 * Width) + column]));
            }
        }
    }

    private static void CheckAll(int m, int width, int k)
    {
        foreach ((bool transposeA, bool transposeB) in ((bool, bool)[])[(false, false), (false, true), (true, false), (true, true)])
        {
            Check<Two>(m, width, k, transposeA, transposeB);
            Check<Three>(m, width, k, transposeA, transposeB);
            Check<Four>(m, width, k, transposeA, transposeB);
        }
    }

    private static unsafe void Check<TCount>(int m, int width, int k, bool transposeA, bool transposeB)
        where TCount : struct, ICount
    {
        int n = TCount.Parts * width;
        using NativeFloats a = NativeFloats.Random(m * k, m), b = NativeFloats.Random(k * n, n + 100);
        using NativeFloats expected = new(m * n), product = new(m * n), sum = new(m * width);
        var store = new StoreEpilogue(expected.Buffer, n);
        var operands = new GemmOperands(m, n, k, a.Buffer.Start, transposeA, b.Buffer.Start, transposeB);
        Gemm.Multiply<V, StoreEpilogue>(operands, ref store, 1);
        foreach ((bool isStored, bool isPacked) in ((bool, bool)[])[(false, false), (false, true), (true, false)])
        {
            product.Span.Fill(float.NaN);
            sum.Span.Fill(float.NaN);
            Multiply<TCount>(m, width, k, a, transposeA, b, transposeB, product, sum, isPacked && !operands.IsNarrow, isStored);
            Assert.True(product.MarginsUntouched && sum.MarginsUntouched);
            Assert.Equal(expected.Span, product.Span);
            for (int row = 0; row < m; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    float total = 0;
                    for (int part = 0; part < TCount.Parts; part++)
                    {
                        total += expected.Span[(row * n) + (part * width) + column];
                    }

                    Assert.Equal(total, sum.Span[(row * width) + column]);
                }
            }
        }
    }

    private static unsafe void Multiply<TCount>(
        int m, int width, int k, NativeFloats a, bool transposeA, NativeFloats b, bool transposeB, NativeFloats product, NativeFloats sum, bool isPacked, bool isStored)
        where TCount : struct, ICount
    {
        int n = TCount.Parts * width;
        var operands = new GemmOperands(m, n, k, a.Buffer.Start, transposeA, b.Buffer.Start, transposeB) { Parts = isStored ? 1 : TCount.Parts };
        using NativeFloats panels = new((int)PartPanels<V, NarrowTile>.Length(width, TCount.Parts, k));
        if (isPacked && GemmBlocking.HasManyRegisters<V>())
        {
            PartPanels<V, WideTile>.Pack(operands, 0, width, panels.Buffer.Start);
        }
        else if (isPacked)
        {
            PartPanels<V, NarrowTile>.Pack(operands, 0, width, panels.Buffer.Start);
        }

        var epilogue = new StoreAndAdd<TCount>(product.Buffer, sum.Buffer, width);
        Gemm.MultiplyParts<V, StoreAndAdd<TCount>>(isPacked ? operands with { PackedB = panels.Buffer.Start } : operands, ref epilogue, 1);
    }
}

/// <summary>A number of parts.</summary>
internal interface ICount
{
    static abstract int Parts { get; }
}

internal readonly struct Two : ICount
{
    public static int Parts => 2;
}

internal readonly struct Three : ICount
{
    public static int Parts => 3;
}

internal readonly struct Four : ICount
{
    public static int Parts => 4;
}

/// <summary>Stores a product, [m, parts · width], and the sum of its parts, [m, width].</summary>
internal readonly struct StoreAndAdd<TCount>(Buffer<float> product, Buffer<float> sum, int width) : IGemmPartsEpilogue
    where TCount : struct, ICount
{
    public static int Parts => TCount.Parts;

    public void Apply<W, L>(int row, int column, ProductParts products, L lanes)
        where W : struct, ISimd<W>
        where L : struct, ILanes
    {
        W total = W.Zero;
        for (int part = 0; part < Parts; part++)
        {
            W value = products.Part<W>(part);
            W.Store(product, ((((nint)row * Parts) + part) * width) + column, value, lanes);
            total += value;
        }

        W.Store(sum, ((nint)row * width) + column, total, lanes);
    }
}
