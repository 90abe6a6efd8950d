using System;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.Runtime.Tests.Cpu;
using Xunit;

namespace ModelGen.Runtime.Tests.Gpu.Products;

/// <summary>A batch of products on a device, checked element by element against double precision.</summary>
internal sealed class ProductFixture
{
    private readonly GpuProductPlan plan;
    private readonly bool transposeA;
    private readonly bool transposeB;
    private readonly int offset;

    public ProductFixture(GpuProductPlan plan, bool transposeA, bool transposeB, int offset, int seed = 1)
    {
        (this.plan, this.transposeA, this.transposeB, this.offset) = (plan, transposeA, transposeB, offset);
        Random random = new(seed);
        A = Values(random, plan.Batch * plan.M * plan.K);
        B = Values(random, plan.Batch * plan.K * plan.N);
    }

    public float[] A { get; }

    public float[] B { get; }

    /// <summary>Runs the products with an epilogue of two reductions.</summary>
    public (float[] Product, float[] Sums, float[] Maxima) Run() => Run<NoPrologue, NoPrologue>(default, default);

    public (float[] Product, float[] Sums, float[] Maxima) Run<TPrologueA, TPrologueB>(TPrologueA prologueA, TPrologueB prologueB)
        where TPrologueA : struct, IGpuPrologue
        where TPrologueB : struct, IGpuPrologue
    {
        float[] c = Missing(plan.Batch * plan.M * plan.N), sums = Missing(plan.Parts * plan.N), maxima = Missing(plan.Parts * plan.N);
        using GpuMemory left = Upload(Moved(A)), right = Upload(Moved(B)), scratch = Upload(Missing((int)plan.Scratch));
        using GpuMemory onDevice = Upload(c), sumsOnDevice = Upload(sums), maximaOnDevice = Upload(maxima);
        TwoReductions epilogue = new(onDevice.Floats, sumsOnDevice.Floats, maximaOnDevice.Floats, plan.N);
        GpuProducts.Launch<OpenCl, TPrologueA, TPrologueB, TwoReductions, TwoReductions.Sums>(
            default,
            plan,
            prologueA,
            prologueB,
            epilogue,
            left.Floats.At(offset),
            transposeA,
            right.Floats.At(offset),
            transposeB,
            scratch.Floats);
        onDevice.Download(c);
        sumsOnDevice.Download(sums);
        maximaOnDevice.Download(maxima);
        return (c, sums, maxima);
    }

    /// <summary>Checks a result; the error of a sum of k terms is at most k roundings of the sum of their sizes.</summary>
    public void Check((float[] Product, float[] Sums, float[] Maxima) result) => Check(result, A, B);

    public void Check((float[] Product, float[] Sums, float[] Maxima) result, float[] a, float[] b)
    {
        (int m, int n, int k) = (plan.M, plan.N, plan.K);
        string what = $"{plan.Tile} {plan.Batch} x [{m}, {n}, {k}] {transposeA} {transposeB} offset {offset} splits {plan.Splits}";
        double rounding = (k + 2) * Math.Pow(2, -24);
        for (int column = 0; column < n; column++)
        {
            double sum = 0, sizes = 0;
            float largest = float.NegativeInfinity;
            for (int batch = 0; batch < plan.Batch; batch++)
            {
                for (int row = 0; row < m; row++)
                {
                    (double exact, double size) = ProductReference.Element(
                        row, column, m, n, k, a.AsSpan(batch * m * k, m * k), transposeA, b.AsSpan(batch * k * n, k * n), transposeB);
                    float actual = result.Product[(((batch * m) + row) * n) + column];
                    Assert.True(Math.Abs(actual - exact) <= rounding * size, $"{what}: {actual} at [{batch}, {row}, {column}], not {exact}");
                    sum += actual;
                    sizes += Math.Abs(actual);
                    largest = Math.Max(largest, actual);
                }
            }

            int inColumn = column;
            double total = Enumerable.Range(0, plan.Parts).Sum(part => (double)result.Sums[(part * n) + inColumn]);
            float maximum = Enumerable.Range(0, plan.Parts).Select(part => result.Maxima[(part * n) + inColumn]).Aggregate(GpuMath.Max);
            Assert.True(Math.Abs(total - sum) <= ((plan.Batch * m) + 2) * Math.Pow(2, -24) * sizes, $"{what}: sum {total} of column {column}, not {sum}");
            Assert.True(largest == maximum, $"{what}: maximum {maximum} of column {column}, not {largest}");
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

    private static float[] Missing(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private float[] Moved(float[] values) => [.. Missing(offset), .. values];
}

/// <summary>Stores the product; sums its columns and takes their maxima.</summary>
internal readonly struct TwoReductions(GpuBuffer<float> product, GpuBuffer<float> sums, GpuBuffer<float> maxima, int n) : IGpuEpilogue<TwoReductions.Sums>
{
    public Sums Begin() => new(0f, float.NegativeInfinity);

    public void Apply(int row, int column, float product1, ref Sums sums1)
    {
        product[(row * n) + column] = product1;
        sums1 = new(sums1.Sum + product1, GpuMath.Max(sums1.Max, product1));
    }

    public void Combine(ref Sums sums1, Sums other) => sums1 = new(sums1.Sum + other.Sum, GpuMath.Max(sums1.Max, other.Max));

    public void End(int block, int column, Sums sums1)
    {
        sums[(block * n) + column] = sums1.Sum;
        maxima[(block * n) + column] = sums1.Max;
    }

    public readonly record struct Sums(float Sum, float Max);
}
