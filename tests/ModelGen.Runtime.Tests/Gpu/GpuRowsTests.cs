using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Gpu;
using ModelGen.TestDevices;
using Xunit;
using Xunit.Abstractions;

namespace ModelGen.Runtime.Tests.Gpu;

/// <summary>Kernels over rows: every number of lanes, reductions within a row and over the rows.</summary>
public class GpuRowsTests(ITestOutputHelper output) : GpuTests(output)
{
    private static readonly int[] AllLanes = [1, 2, 4, 8, 16, 32, 64, 128, 256];
    private static readonly (int Rows, int Columns)[] Sizes = [(1, 1), (1, 7), (5, 300), (100, 16), (3001, 10), (0, 4)];

    public static IEnumerable<object[]> Cases() => from lanes in AllLanes from size in Sizes select new object[] { lanes, size.Rows, size.Columns };

    [OpenClTheory]
    [MemberData(nameof(Cases))]
    public void RowsAndColumnsAreReduced(int lanes, int rows, int columns)
    {
        float[] x = Numbers(rows * columns);
        float[] y = Reduce(Open(), x, lanes, rows, columns);
        for (int row = 0; row < rows; row++)
        {
            float[] values = x[(row * columns)..((row + 1) * columns)];
            Assert.Equal(values.Sum(value => (double)value), y[row], 1e-4 * columns);
            Assert.Equal(values.Max(), y[rows + row]);
        }

        for (int column = 0; column < columns; column++)
        {
            double expected = Enumerable.Range(0, rows).Sum(row => (double)x[(row * columns) + column]);
            Assert.Equal(expected, y[(2 * rows) + column], 1e-4 * (rows + 1));
        }

        Assert.Equal(rows == 0 ? float.NegativeInfinity : x.Max(), y[^1]);
    }

    [OpenClFact]
    public void TheSameCallGivesTheSameBits()
    {
        GpuAccelerator accelerator = Open();
        float[] x = Numbers(3001 * 10);
        Assert.Equal(Reduce(accelerator, x, 16, 3001, 10), Reduce(accelerator, x, 16, 3001, 10));
    }

    [OpenClTheory]
    [InlineData(4)]
    [InlineData(64)]
    public void MaximaOfNaNAreNaN(int lanes)
    {
        float[] x = Numbers(50 * 20);
        x[(7 * 20) + 3] = float.NaN;
        x[(8 * 20) + 19] = float.PositiveInfinity;
        float[] y = Reduce(Open(), x, lanes, 50, 20);
        Assert.True(float.IsNaN(y[50 + 7]));
        Assert.Equal(float.PositiveInfinity, y[50 + 8]);
        Assert.True(float.IsNaN(y[^1]));
        Assert.Single(y[..50], float.IsNaN);
    }

    private static float[] Reduce(GpuAccelerator accelerator, float[] x, int lanes, int rows, int columns) =>
        KernelCalls.Run(accelerator, x, (2 * rows) + columns + 1, frame =>
        {
            int parts = frame.RowParts(rows, columns, lanes);
            GpuBuffer<float> columnParts = frame.Scratch(parts * (columns + 1L));
            GpuBuffer<float> largestParts = columnParts.At(parts * (long)columns);
            GpuBuffer<float> y = frame.Output(0);
            frame.Rows(new Kernels.RowSums(frame.Input(0), y, y.At(rows), columnParts, largestParts, columns), rows, columns, lanes, parts);
            frame.Finish(parts, GpuSum.Of(columnParts, columns, y.At(2 * rows)), GpuSum.MaxOf(largestParts, 1, y.At((2 * rows) + columns)));
        });

    private static float[] Numbers(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() * 4f) - 2f)];
    }
}
