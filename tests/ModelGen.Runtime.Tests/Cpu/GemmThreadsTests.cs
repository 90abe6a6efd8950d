using System.Runtime.CompilerServices;
using System.Threading;
using ModelGen.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>What products promise about threads, blocks and the order of the epilogue's calls.</summary>
[Collection(SeveralThreads.Name)]
public class GemmThreadsTests
{
    [Theory]
    [InlineData(64, 128, 784)]
    [InlineData(200, 333, 300)]
    [InlineData(31, 1200, 520)]
    [InlineData(1, 512, 128)]
    [InlineData(4, 130, 127)]
    [InlineData(512, 4, 32)]
    [InlineData(1, 5000, 200)]
    [InlineData(3, 5000, 200)]
    [InlineData(5000, 2, 200)]
    [InlineData(3000, 90, 64)]
    [InlineData(256, 256, 256)]
    [InlineData(20, 784, 130)]
    [InlineData(130, 64, 300)]
    [InlineData(97, 4700, 1000)]
    [InlineData(97, 256, 20000)]
    public void AnyNumberOfThreadsGivesTheSameBits(int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, 1);
        using NativeFloats b = NativeFloats.Random(n * k, 2);
        float[] one = Product(m, n, k, a, b, 1);
        Assert.Equal(one, Product(m, n, k, a, b, 2));
        Assert.Equal(one, Product(m, n, k, a, b, 7));
    }

    [Theory]
    [InlineData(32, 128, 128)]
    [InlineData(200, 111, 300)]
    [InlineData(31, 400, 520)]
    [InlineData(1, 171, 128)]
    [InlineData(1, 1700, 200)]
    [InlineData(97, 1300, 1300)]
    public void PartsAreTheSameBitsForAnyNumberOfThreads(int m, int width, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, 1);
        using NativeFloats b = NativeFloats.Random(3 * width * k, 2);
        float[] one = InParts(m, width, k, a, b, 1);
        Assert.Equal(Product(m, 3 * width, k, a, b, 1), one);
        Assert.Equal(one, InParts(m, width, k, a, b, 2));
        Assert.Equal(one, InParts(m, width, k, a, b, 7));
    }

    private static unsafe float[] InParts(int m, int width, int k, NativeFloats a, NativeFloats b, int threads)
    {
        using NativeFloats product = new(3 * m * width), sum = new(m * width);
        GemmOperands operands = new(m, 3 * width, k, a.Buffer.Start, false, b.Buffer.Start, true) { Parts = 3 };
        Gemm.RunParts(operands, new StoreAndAdd<Three>(product.Buffer, sum.Buffer, width), threads);
        return product.Span.ToArray();
    }

    [Theory]
    [InlineData(64, 128, 784)]
    [InlineData(7001, 60, 30)]
    [InlineData(4, 300, 100)]
    [InlineData(300, 4, 100)]
    [InlineData(33, 70, 600)]
    public void RowsAscendWithinABlock(int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, 1);
        using NativeFloats b = NativeFloats.Random(n * k, 2);
        int blocks = Gemm.RowBlocks(m, n);
        Assert.InRange(blocks, 1, Launch.MaxBlocks);
        using var last = new NativeFloats(blocks * n);
        using var faults = new NativeFloats([0f]);
        foreach (int threads in new[] { 1, 2, 7 })
        {
            last.Span.Fill(-1);
            Gemm.Run(m, n, k, a.Buffer, false, b.Buffer, true, new WatchOrder(last.Buffer, faults.Buffer, n, blocks), threads);
            Assert.Equal(0f, faults.Span[0]);
            Assert.Equal(m - 1, last.Span[((blocks - 1) * n) + n - 1]);
        }
    }

    [Theory]
    [InlineData(500, 70, 90)]
    [InlineData(1000, 3, 256)]
    public void ColumnSumsThroughBlocks(int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(m * k, 1);
        using NativeFloats b = NativeFloats.Random(n * k, 2);
        float[] one = ColumnSums(m, n, k, a, b, 1);
        Assert.Equal(one, ColumnSums(m, n, k, a, b, 2));
        Assert.Equal(one, ColumnSums(m, n, k, a, b, 7));
        for (int column = 0; column < n; column++)
        {
            double exact = 0;
            for (int row = 0; row < m; row++)
            {
                exact += ProductReference.Element(row, column, m, n, k, a.Span, false, b.Span, true).Exact;
            }

            Assert.Equal(exact, one[column], 2e-3);
        }
    }

    [Theory]
    [InlineData(1, 9, 7, 5)]
    [InlineData(5, 20, 33, 17)]
    [InlineData(130, 6, 50, 9)]
    [InlineData(70, 1, 40, 300)]
    public void BatchesAreProductsInARow(int batch, int m, int n, int k)
    {
        using NativeFloats a = NativeFloats.Random(batch * m * k, 1);
        using NativeFloats b = NativeFloats.Random(batch * n * k, 2);
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using var c = new NativeFloats(batch * m * n);
            Gemm.RunBatch(batch, m, n, k, a.Buffer, m * k, false, b.Buffer, n * k, true, new StoreEpilogue(c.Buffer, n), threads);
            for (int item = 0; item < batch; item++)
            {
                using var single = new NativeFloats(m * n);
                Gemm.Run(m, n, k, a.Buffer.At(item * m * k), false, b.Buffer.At(item * n * k), true, new StoreEpilogue(single.Buffer, n), 1);
                Assert.Equal(single.Span.ToArray(), c.Span.Slice(item * m * n, m * n).ToArray());
            }

            int blocks = Gemm.BatchBlocks(batch);
            using var last = new NativeFloats(blocks * n);
            using var faults = new NativeFloats([0f]);
            last.Span.Fill(-1);
            Gemm.RunBatch(
                batch, m, n, k, a.Buffer, m * k, false, b.Buffer, n * k, true, new WatchOrder(last.Buffer, faults.Buffer, n, blocks), threads);
            Assert.Equal(0f, faults.Span[0]);
            Assert.Equal((batch * m) - 1, last.Span[((blocks - 1) * n) + n - 1]);
        }
    }

    [Fact]
    public void ProductsAllocateNothing()
    {
        using NativeFloats a = NativeFloats.Random(400 * 400, 1);
        using NativeFloats b = NativeFloats.Random(400 * 400, 2);
        using var c = new NativeFloats(400 * 400);
        var store = new StoreEpilogue(c.Buffer, 400);
        Assert.Equal(0, SevenThreads.Allocated(() =>
        {
            Gemm.Run(400, 400, 400, a.Buffer, false, b.Buffer, true, store, 7);
            Gemm.Run(1, 400, 400, a.Buffer, false, b.Buffer, true, store, 7);
            Gemm.Run(3, 400, 400, a.Buffer, true, b.Buffer, false, store, 7);
            Gemm.RunBatch(40, 10, 40, 40, a.Buffer, 400, false, b.Buffer, 1600, true, store, 7);
        }));
    }

    [Fact]
    public void EmptyProductsDoNothing()
    {
        Assert.Equal(0, Gemm.RowBlocks(0, 5));
        Assert.Equal(0, Gemm.RowBlocks(5, 0));
        Gemm.Run(0, 5, 3, default, false, default, false, default(StoreEpilogue), 2);
        Gemm.Run(5, 0, 3, default, false, default, false, default(StoreEpilogue), 2);
        Gemm.RunBatch(0, 5, 3, 3, default, 0, false, default, 0, false, default(StoreEpilogue), 2);
    }

    private static float[] Product(int m, int n, int k, NativeFloats a, NativeFloats b, int threads)
    {
        using var c = new NativeFloats(m * n);
        Gemm.Run(m, n, k, a.Buffer, false, b.Buffer, true, new StoreEpilogue(c.Buffer, n), threads);
        Assert.True(c.MarginsUntouched);
        return c.Span.ToArray();
    }

    private static float[] ColumnSums(int m, int n, int k, NativeFloats a, NativeFloats b, int threads)
    {
        int blocks = Gemm.RowBlocks(m, n);
        using var partials = new NativeFloats(new float[blocks * n]);
        using var sums = new NativeFloats(n);
        Gemm.Run(m, n, k, a.Buffer, false, b.Buffer, true, new SumColumns(partials.Buffer, n), threads);
        Launch.SumBlocks(partials.Buffer, blocks, n, sums.Buffer);
        return sums.Span.ToArray();
    }

    private readonly struct SumColumns(Buffer<float> partials, int columns) : IGemmEpilogue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<V, L>(int block, int row, int column, V product, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            nint place = (block * columns) + column;
            V.Store(partials, place, V.Load(partials, place, lanes) + product, lanes);
        }
    }

    /// <summary>Notes the last row of every block and column, and counts calls that come out of order or for a block that should not be.</summary>
    private readonly struct WatchOrder(Buffer<float> last, Buffer<float> faults, int columns, int blocks) : IGemmEpilogue
    {
        public void Apply<V, L>(int block, int row, int column, V product, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            for (int lane = 0; lane < lanes.Count<V>(); lane++)
            {
                ref float seen = ref last[(block * columns) + column + lane];
                if (block < 0 || block >= blocks || row <= Interlocked.Exchange(ref seen, row))
                {
                    faults[0] = 1;
                }
            }
        }
    }
}
