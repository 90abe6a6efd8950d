using System;
using System.Collections.Generic;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

public class GpuProductsTests
{
    private static readonly int[] Sizes = [1, 3, 15, 16, 17, 63, 64, 65, 127, 128, 129, 200];

    public static TheoryData<string, bool, bool> AllKernels
    {
        get
        {
            TheoryData<string, bool, bool> data = [];
            foreach (string tile in Enum.GetNames<GpuProductTile>())
            {
                data.Add(tile, false, false);
                data.Add(tile, false, true);
                data.Add(tile, true, false);
                data.Add(tile, true, true);
            }

            return data;
        }
    }

    private static IEnumerable<(int M, int N, int K)> Shapes
    {
        get
        {
            foreach (int size in Sizes)
            {
                yield return (size, 17, 36);
                yield return (36, size, 17);
                yield return (17, 36, size);
                yield return (size, size, size);
            }

            yield return (1, 128, 784);
            yield return (10, 128, 300);
            yield return (300, 10, 128);
            yield return (1, 1, 500);
            yield return (64, 10, 128);
            yield return (260, 132, 20);
        }
    }

    /// <summary>Factors that begin and go on at multiples of four, where 16 bytes are read at once, and others, at an odd place.</summary>
    [OpenClTheory]
    [MemberData(nameof(AllKernels))]
    public void ProductsAreExact(string tile, bool transposeA, bool transposeB)
    {
        foreach ((int m, int n, int k) in Shapes)
        {
            for (int batch = 1; batch <= 3; batch += 2)
            {
                int offset = m % 4 == 0 && n % 4 == 0 && k % 4 == 0 ? 4 * batch : 3;
                GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Enum.Parse<GpuProductTile>(tile), splits: 1, threadRows: batch == 1 ? 64 : 8);
                ProductFixture products = new(plan, transposeA, transposeB, offset);
                products.Check(products.Run());
            }
        }
    }

    /// <summary>16 bytes at once of one factor only.</summary>
    [OpenClTheory]
    [InlineData(66, 68, 37)]
    [InlineData(66, 69, 36)]
    public void FactorsMayLieDifferently(int m, int n, int k)
    {
        ProductFixture products = new(GpuProductPlan.Of(2, m, n, k, GpuProductTile.Middle, splits: 1), false, false, offset: 4);
        products.Check(products.Run());
    }

    [OpenClTheory]
    [InlineData("Thread", 3, 17, 33, 9000)]
    [InlineData("Large", 1, 130, 20, 512)]
    [InlineData("Middle", 3, 65, 33, 300)]
    [InlineData("Tall", 1, 300, 10, 1000)]
    [InlineData("Wide", 2, 10, 300, 1001)]
    public void SumsMayBeSplit(string tile, int batch, int m, int n, int k)
    {
        GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Enum.Parse<GpuProductTile>(tile), splits: 4);
        Assert.True(plan.Splits > 1);
        ProductFixture products = new(plan, false, true, offset: 4);
        products.Check(products.Run());
    }

    [OpenClTheory]
    [InlineData(64, 128, 784, true, 108)]
    [InlineData(10, 128, 5000, true, 108)]
    [InlineData(10, 128, 20000, false, 64)]
    public void PlansSplitLongSums(int m, int n, int k, bool hasSharedMemory, int multiprocessors)
    {
        GpuProductPlan plan = GpuProductPlan.Of(1, m, n, k, new GpuCapabilities(multiprocessors, 0, 48 * 1024) { HasOwnLocalMemory = hasSharedMemory });
        Assert.True(plan.Splits > 1);
        ProductFixture products = new(plan, true, false, offset: 0);
        products.Check(products.Run());
    }

    /// <summary>Products of nothing are 0, and reductions over no rows end, too.</summary>
    [OpenClTheory]
    [InlineData("Thread", 2, 3, 17, 0)]
    [InlineData("Thread", 2, 0, 17, 5)]
    [InlineData("Thread", 0, 3, 17, 5)]
    [InlineData("Thread", 2, 3, 0, 5)]
    [InlineData("Middle", 2, 3, 17, 0)]
    [InlineData("Middle", 2, 0, 17, 5)]
    [InlineData("Middle", 0, 3, 17, 5)]
    [InlineData("Middle", 2, 3, 0, 5)]
    public void SizesMayBeZero(string tile, int batch, int m, int n, int k)
    {
        GpuProductPlan plan = GpuProductPlan.Of(batch, m, n, k, Enum.Parse<GpuProductTile>(tile), splits: 1);
        (float[] product, float[] sums, float[] maxima) = new ProductFixture(plan, false, false, offset: 0).Run();
        Assert.All(product, value => Assert.Equal(0f, value));
        Assert.All(sums, value => Assert.Equal(0f, value));
        Assert.All(maxima, value => Assert.Equal(batch * m == 0 ? float.NegativeInfinity : 0f, value));
    }

    [OpenClTheory]
    [InlineData("Thread", 1)]
    [InlineData("Large", 1)]
    [InlineData("Middle", 4)]
    public void ResultsRepeat(string tile, int splits)
    {
        ProductFixture products = new(GpuProductPlan.Of(2, 150, 130, 512, Enum.Parse<GpuProductTile>(tile), splits), false, false, offset: 0);
        (float[] product, float[] sums, float[] maxima) = products.Run();
        for (int run = 0; run < 3; run++)
        {
            (float[] again, float[] sumsAgain, float[] maximaAgain) = products.Run();
            Assert.Equal(product, again);
            Assert.Equal(sums, sumsAgain);
            Assert.Equal(maxima, maximaAgain);
        }
    }

    /// <summary>A prologue that makes something of 0: what lies beyond the factors must stay out of the sums.</summary>
    [OpenClTheory]
    [InlineData("Thread", false, false, 1)]
    [InlineData("Thread", true, true, 2)]
    [InlineData("Middle", false, false, 1)]
    [InlineData("Middle", true, true, 1)]
    [InlineData("Large", false, true, 2)]
    [InlineData("Tall", true, false, 1)]
    public void ProloguesChangeFactors(string tile, bool transposeA, bool transposeB, int splits)
    {
        const int Batch = 2, M = 70, N = 19, K = 137;
        ProductFixture products = new(GpuProductPlan.Of(Batch, M, N, K, Enum.Parse<GpuProductTile>(tile), splits), transposeA, transposeB, offset: 0);
        Shift shiftA = new(0.5f), shiftB = new(-0.25f);
        products.Check(products.Run(shiftA, shiftB), shiftA.All(products.A, transposeA ? M : K), shiftB.All(products.B, transposeB ? K : N));
    }

    [OpenClTheory]
    [InlineData("Thread", 1)]
    [InlineData("Large", 1)]
    [InlineData("Middle", 2)]
    public void WhatIsNotFiniteStaysInItsRowsAndColumns(string tile, int splits)
    {
        const int M = 70, N = 37, K = 131, NaNRow = 3, InfiniteRow = 68, NaNColumn = 36;
        ProductFixture products = new(GpuProductPlan.Of(1, M, N, K, Enum.Parse<GpuProductTile>(tile), splits), false, false, offset: 0);
        products.A[(NaNRow * K) + K - 1] = float.NaN;
        products.A[(InfiniteRow * K) + 5] = float.PositiveInfinity;
        products.B[((K - 1) * N) + NaNColumn] = float.NaN;
        (float[] product, _, float[] maxima) = products.Run();
        for (int row = 0; row < M; row++)
        {
            for (int column = 0; column < N; column++)
            {
                float value = product[(row * N) + column];
                Assert.Equal(row == NaNRow || column == NaNColumn, float.IsNaN(value));
                Assert.Equal(row == InfiniteRow && column != NaNColumn, float.IsInfinity(value));
            }
        }

        Assert.True(float.IsNaN(maxima[NaNColumn]));
    }

    /// <summary>Adds what differs from place to place.</summary>
    public readonly struct Shift(float scale) : IGpuPrologue
    {
        public float Read(int row, int column, float factor) => factor + (scale * ((row % 3) + (column % 5) + 1));

        /// <param name="width">The length of the factors' rows in memory.</param>
        public float[] All(float[] values, int width)
        {
            float[] result = new float[values.Length];
            for (int at = 0; at < values.Length; at++)
            {
                result[at] = Read(at / width, at % width, values[at]);
            }

            return result;
        }
    }
}
