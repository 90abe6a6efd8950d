using System;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Products as frames start them: every transposition, batches, epilogues with and without reductions.</summary>
public class GpuFrameProductsTests(ITestOutputHelper output) : GpuTests(output)
{
    [OpenClTheory]
    [InlineData(1, 1, 1, 1, false, false)]
    [InlineData(1, 37, 19, 50, false, false)]
    [InlineData(1, 37, 19, 50, true, false)]
    [InlineData(1, 37, 19, 50, false, true)]
    [InlineData(1, 37, 19, 50, true, true)]
    [InlineData(3, 5, 40, 17, false, true)]
    public void TheyAreRight(int batch, int m, int n, int k, bool transposeA, bool transposeB)
    {
        var random = new Random(1);
        float[] factors = [.. Enumerable.Range(0, batch * ((m * k) + (k * n))).Select(_ => random.NextSingle() - 0.5f)];
        float[] y = KernelCalls.Run(Open(), factors, (2 * batch * m * n) + n, frame =>
        {
            GpuBuffer<float> a = frame.Input(0);
            GpuBuffer<float> b = a.At(batch * m * k);
            GpuBuffer<float> result = frame.Output(0);
            int parts = frame.ProductParts(batch, m, n, k);
            GpuBuffer<float> sumParts = frame.Scratch(parts * (long)n);
            frame.Multiply<Kernels.Relu, Kernels.ColumnSum>(new(result, sumParts, n), batch, m, n, k, a, transposeA, b, transposeB);
            frame.Finish(parts, GpuSum.Of(sumParts, n, result.At(2 * batch * m * n)));
            frame.Multiply(new Kernels.Store(result.At(batch * m * n), n), batch, m, n, k, a, transposeA, b, transposeB);
        });
        double[] sums = new double[n];
        for (int row = 0; row < batch * m; row++)
        {
            for (int column = 0; column < n; column++)
            {
                int matrix = row / m;
                double expected = Enumerable.Range(0, k).Sum(i =>
                    (double)factors[(matrix * m * k) + (transposeA ? (i * m) + (row % m) : ((row % m) * k) + i)]
                    * factors[(batch * m * k) + (matrix * k * n) + (transposeB ? (column * k) + i : (i * n) + column)]);
                Assert.Equal(expected, y[(batch * m * n) + (row * n) + column], 1e-5);
                Assert.Equal(Math.Max(expected, 0), y[(row * n) + column], 1e-5);
                sums[column] += Math.Max(expected, 0);
            }
        }

        Assert.All(sums.Index(), sum => Assert.Equal(sum.Item, y[(2 * batch * m * n) + sum.Index], 1e-4));
    }
}
