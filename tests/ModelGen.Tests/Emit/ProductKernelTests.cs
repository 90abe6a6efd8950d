using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using Xunit;
using static ModelGen.Tests.Emit.Ir;

namespace ModelGen.Tests.Emit;

/// <summary>Matrix products with fused work against the interpreter.</summary>
[Trait("Device", "OpenCl")]
public class ProductKernelTests
{
    [Theory]
    [InlineData(1, 3, 5, false, true)]
    [InlineData(64, 128, 100, false, true)]
    [InlineData(33, 17, 9, true, false)]
    [InlineData(7, 40, 31, true, true)]
    [InlineData(0, 4, 4, false, false)]
    public void BiasReluAndColumnSums(int m, int n, int k, bool transposeA, bool transposeB)
    {
        Dim width = Open("n");
        ProductKernel kernel = new(
            "hidden",
            ["hidden = Relu(fc1(x))"],
            [In("x"), In("weight"), In("bias"), Out("hidden"), Out("sumPartials"), Out("sums")],
            [],
            0,
            Dim.One,
            Open("m"),
            width,
            Open("k"),
            0,
            transposeA,
            1,
            transposeB,
            [
                new Let("y", Call<Maximum>(Call<Add>(Local("product"), Load(2, 1, Dim.Zero)), Number(0))),
                Store(3, 1, [width], Local("y")),
                new Accumulate(0, Local("y")),
            ],
            [new BlockSum(Reduction.Sum, 4, 5, width)]);
        float[] partials = [.. Enumerable.Repeat(float.NaN, 64 * n)];
        new KernelRun(kernel).Compare(
            [Samples.Floats(m * k), Samples.Floats(k * n, 2), Samples.Floats(n, 3), new float[m * n], partials, new float[n]],
            new() { ["m"] = m, ["n"] = n, ["k"] = k },
            tolerance: 1e-4);
    }

    [Fact]
    public void ABatchOfProductsWithResidualAndPermutedStore()
    {
        // y[j, row] = product + residual[row, j], and the greatest of each column
        (Dim batch, Dim m) = (Open("batch"), Open("m"));
        ProductKernel kernel = new(
            "scores",
            [],
            [In("queries"), In("keys"), In("residual"), Out("scores"), Out("greatestPartials"), Out("greatest")],
            [],
            0,
            batch,
            m,
            Dim.Of(20),
            Dim.Of(8),
            0,
            false,
            1,
            true,
            [
                new Let("y", Call<Add>(Local("product"), Load(2, 1, Dim.Of(20)))),
                new Store(new Access(3, Dim.Zero, [Dim.One], batch * m), Local("y")),
                new Accumulate(0, Local("y")),
            ],
            [new BlockSum(Reduction.Max, 4, 5, Dim.Of(20))]);
        new KernelRun(kernel).Compare(
            [Samples.Floats(6 * 9 * 8), Samples.Floats(6 * 8 * 20, 2), Samples.Floats(6 * 9 * 20, 3), new float[6 * 9 * 20], new float[64 * 20], new float[20]],
            new() { ["batch"] = 6, ["m"] = 9 });
    }

    [Fact]
    public void TheRowsOfAnEpilogueMayHaveAxes()
    {
        // y[batch, time, head, width] = product of [batch, head] · m = time
        (Dim batch, Dim time) = (Open("batch"), Open("time"));
        ProductKernel kernel = new(
            "mixed",
            [],
            [In("weights"), In("values"), Out("y"), Out("z")],
            [],
            0,
            batch * 3,
            time,
            Dim.Of(18),
            Dim.Of(5),
            0,
            false,
            1,
            false,
            [
                Store(2, 1, [time * 54, Dim.Of(18), Dim.Of(54)], Local("product")),
                Store(3, 1, [time * 54, time * 18, Dim.Of(18)], Call<Add>(Local("product"), new IndexValue(1))),
            ],
            [])
        {
            Rows = [batch, Dim.Of(3), time],
        };
        int size = 2 * 3 * 7 * 18;
        new KernelRun(kernel).Compare(
            [Samples.Floats(2 * 3 * 7 * 5), Samples.Floats(2 * 3 * 5 * 18, 2), new float[size], new float[size]],
            new() { ["batch"] = 2, ["time"] = 7 });
    }

    [Fact]
    public void TheScaleOfARowIsReadOncePerVector()
    {
        ProductKernel kernel = new(
            "scaled",
            [],
            [In("a"), In("b"), In("scale"), Out("y")],
            [new RandomSite(5, 0, [])],
            0,
            Dim.One,
            Open("m"),
            Dim.Of(33),
            Dim.Of(4),
            0,
            false,
            1,
            false,
            [
                new Let("kept", Call<Greater>(new UniformValue(0, At(3, 1, 33)), Number(0.5))),
                Store(3, 1, [Dim.Of(33)], Call<Where>(Local("kept"), Call<Mul>(Local("product"), Load(2, 0, Dim.One)), new IndexValue(0))),
            ],
            []);
        new KernelRun(kernel).Compare([Samples.Floats(40), Samples.Floats(4 * 33, 2), Samples.Floats(10, 3), new float[330]], new() { ["m"] = 10 });
    }
}
