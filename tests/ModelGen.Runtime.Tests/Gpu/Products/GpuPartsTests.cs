using System;
using System.Collections.Generic;
using ModelGen.Gpu;
using ModelGen.Runtime.Tests.Cpu;
using ModelGen.TestDevices;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

/// <summary>Products whose columns are parts, in every tile and transposition, against double precision.</summary>
public class GpuPartsTests
{
    public static TheoryData<string, bool, bool> AllKernels
    {
        get
        {
            TheoryData<string, bool, bool> data = [];
            foreach (string tile in (string[])["Thread", "Large", "Middle", "Wide"])
            {
                data.Add(tile, false, false);
                data.Add(tile, false, true);
                data.Add(tile, true, false);
                data.Add(tile, true, true);
            }

            return data;
        }
    }

    private static IEnumerable<(int M, int Width, int K)> Shapes =>
        [(1, 1, 1), (1, 8, 8), (3, 5, 4), (16, 16, 16), (17, 37, 37), (32, 64, 20), (65, 20, 33), (70, 21, 300), (130, 43, 9), (4, 3, 0)];

    [OpenClTheory]
    [MemberData(nameof(AllKernels))]
    public void TheyAreRight(string tile, bool transposeA, bool transposeB)
    {
        foreach ((int m, int width, int k) in Shapes)
        {
            Check<Two>(m, width, k, tile, transposeA, transposeB);
            Check<Three>(m, width, k, tile, transposeA, transposeB);
            Check<Four>(m, width, k, tile, transposeA, transposeB);
        }
    }

    [Theory]
    [InlineData(32, 512, 128, 4)]
    [InlineData(1, 4096, 1024, 4)]
    [InlineData(32, 3072, 1024, 3)]
    [InlineData(4096, 4096, 1024, 2)]
    [InlineData(100, 8, 2, 4)]
    public void SumsAreNeverSplit(int m, int n, int k, int parts)
    {
        foreach (bool hasSharedMemory in (bool[])[true, false])
        {
            GpuProductPlan plan = GpuProductPlan.OfParts(m, n, k, parts, new GpuCapabilities(132, 0, 48 * 1024) { HasOwnLocalMemory = hasSharedMemory });
            Assert.Equal(1, plan.Splits);
            Assert.NotEqual(GpuProductTile.Tall, plan.Tile);
            Assert.True(plan.ColumnTiles * (plan.TileColumns / parts) >= n / parts);
        }
    }

    private static void Check<TCount>(int m, int width, int k, string tile, bool transposeA, bool transposeB)
        where TCount : struct, ICount
    {
        int n = TCount.Parts * width;
        int offset = m % 4 == 0 && width % 4 == 0 && k % 4 == 0 ? 4 : 3;
        Random random = new(m + width + k);
        float[] a = Values(random, m * k), b = Values(random, k * n), product = new float[m * n], sum = new float[m * width];
        using GpuMemory left = Upload([.. new float[offset], .. a]), right = Upload([.. new float[offset], .. b]), stored = Upload(product), added = Upload(sum);
        GpuProductPlan plan = GpuProductPlan.OfParts(m, n, k, TCount.Parts, Enum.Parse<GpuProductTile>(tile), threadRows: 8);
        StoreParts<TCount> epilogue = new(stored.Floats, added.Floats, width);
        new GpuPartsLaunch<OpenCl, StoreParts<TCount>>(default, plan, epilogue, left.Floats.At(offset), right.Floats.At(offset)).Start(transposeA, transposeB);
        stored.Download(product);
        added.Download(sum);
        for (int row = 0; row < m; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double total = 0;
                for (int part = 0; part < TCount.Parts; part++)
                {
                    (double exact, double size) = ProductReference.Element(row, (part * width) + column, m, n, k, a, transposeA, b, transposeB);
                    float actual = product[(row * n) + (part * width) + column];
                    Assert.True(Math.Abs(actual - exact) <= (k + 2) * Math.Pow(2, -24) * size, $"{tile} {TCount.Parts} x {width}, {m}, {k} {transposeA} {transposeB}: {actual} at [{row}, {part}, {column}], not {exact}");
                    total += actual;
                }

                Assert.Equal(total, sum[(row * width) + column], 1e-4);
            }
        }
    }

    private static float[] Values(Random random, int count)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (random.NextSingle() * 2) - 1;
        }

        return values;
    }

    private static GpuMemory Upload(float[] values)
    {
        GpuMemory memory = OpenCl.Accelerator.Allocate(values.Length);
        memory.Upload(values);
        return memory;
    }
}

/// <summary>Stores a product and the sum of its parts.</summary>
internal readonly struct StoreParts<TCount>(GpuBuffer<float> product, GpuBuffer<float> sum, int width) : IGpuPartsEpilogue
    where TCount : struct, ICount
{
    public static int Parts => TCount.Parts;

    public void Apply(int row, int column, GpuParts products)
    {
        float total = 0f;
        for (int part = 0; part < TCount.Parts; part++)
        {
            float value = products.Part(part);
            product[(((row * TCount.Parts) + part) * width) + column] = value;
            total += value;
        }

        sum[(row * width) + column] = total;
    }
}
