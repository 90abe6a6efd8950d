using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using Xunit;
using static ModelGen.Tests.Emit.Ir;

namespace ModelGen.Tests.Emit;

/// <summary>Kernels over rows against the interpreter.</summary>
[Trait("Device", "OpenCl")]
public class RowKernelTests
{
    private static readonly int[] Lengths = [0, 1, 3, 15, 16, 17, 48, 1000];

    [Fact]
    public void SoftmaxOfRowsOfEveryLength()
    {
        KernelRun run = new(Softmax(Open("width")));
        foreach (int width in Lengths)
        {
            run.Compare([Samples.Floats(7 * width), new float[7 * width]], new() { ["rows"] = 7, ["width"] = width });
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(64)]
    public void SoftmaxOfRowsOfAConstantLength(int width)
    {
        KernelRun run = new(Softmax(width));
        Assert.Equal(width % 16 != 0, run.Text.Contains("FirstLanes", System.StringComparison.Ordinal));
        run.Compare([Samples.Floats(100 * width), new float[100 * width]], new() { ["rows"] = 100 });
    }

    [Fact]
    public void LayerNormKeepsTheRowsOwnNumbers()
    {
        Dim[] row = [Open("width")];
        Dim[] one = [Dim.One];
        Dim[] none = [Dim.Zero];
        Value centred = Call<Sub>(Load(0, 1, row), Local("mean"));
        Value size = new DimNumber(Open("width"));
        RowKernel kernel = Rows(
            "y",
            [Open("rows")],
            Open("width"),
            [In("x"), In("weight"), In("bias"), Out("mean"), Out("scale"), Out("y")],
            Loop(new Reduce("sum", Reduction.Sum, Load(0, 1, row))),
            Row(new Let("mean", Call<Div>(Local("sum"), size)), Store(3, 0, one, Local("mean"))),
            Loop(new Reduce("squares", Reduction.Sum, Call<Mul>(centred, centred))),
            Row(
                new Let("scale", Call<Div>(Number(1), Call<Sqrt>(Call<Add>(Call<Div>(Local("squares"), size), Number(1e-5))))),
                Store(4, 0, one, Local("scale"))),
            Loop(Store(5, 1, row, Call<Add>(Call<Mul>(Call<Mul>(centred, Local("scale")), Load(1, 1, none)), Load(2, 1, none)))));
        KernelRun run = new(kernel);
        foreach (int width in Lengths.Skip(1))
        {
            Dictionary<string, int> dims = new() { ["rows"] = 5, ["width"] = width };
            run.Compare([Samples.Floats(5 * width), Samples.Floats(width, 2), Samples.Floats(width, 3), new float[5], new float[5], new float[5 * width]], dims, tolerance: 2e-4);
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 700)]
    [InlineData(true, 0)]
    [InlineData(true, 700)]
    public void SumsOverRowsAreFinished(bool greatest, int rows)
    {
        Reduction kind = greatest ? Reduction.Max : Reduction.Sum;
        Dim width = Open("width");
        RowKernel kernel = Rows(
            "total",
            [Open("rows")],
            width,
            [In("x"), Out("columnPartials"), Out("columns"), Out("totalPartials"), Out("total")],
            Loop(new Reduce("sum", Reduction.Sum, Load(0, 1, width)), new Accumulate(0, Call<Mul>(Load(0, 1, width), Number(2)))),
            Row(new Accumulate(1, Call<Mul>(Local("sum"), Number(-1))))) with
        {
            Sums = [new BlockSum(kind, 1, 2, width), new BlockSum(kind, 3, 4, Dim.One)],
        };
        float[] partials = [.. Enumerable.Repeat(float.NaN, 64 * 37)];
        new KernelRun(kernel).Compare(
            [Samples.Floats(rows * 37), partials, new float[37], partials[..64], new float[1]],
            new() { ["rows"] = rows, ["width"] = 37 },
            tolerance: 1e-3);
    }

    [Fact]
    public void PermutedAndStridedAxesAreReadAndWritten()
    {
        // y[b, h, t] = x[b, t, h] + row[b], z[t, b, h] = x[b, t, h] · h + b − t
        (Dim b, Dim t, Dim h) = (Open("b"), Open("t"), Open("h"));
        Access x = new(0, Dim.Zero, [t * h, Dim.One], h);
        Value index = Call<Sub>(new IndexValue(0), new IndexValue(1));
        RowKernel kernel = Rows(
            "y",
            [b, h],
            t,
            [In("x"), In("row"), Out("y"), Out("z"), Out("shifted")],
            Loop(
                new Store(new Access(2, Dim.Zero, [t * h, t], Dim.One), Call<Add>(new LoadValue(x), Load(1, 0, Dim.One, Dim.Zero))),
                new Store(new Access(3, Dim.Zero, [h, Dim.One], b * h), Call<Add>(Call<Mul>(new LoadValue(x), new IndexValue(null)), index)),
                new Store(new Access(4, Dim.Of(3), [t * h * 2, t * 2], Dim.Of(2)), new LoadValue(x))));
        KernelRun run = new(kernel);
        foreach (int time in Lengths)
        {
            int size = 2 * time * 5;
            run.Compare(
                [Samples.Floats(size), Samples.Floats(2, 2), new float[size], new float[size], new float[(2 * size) + 3]],
                new() { ["b"] = 2, ["t"] = time, ["h"] = 5 });
        }
    }

    [Fact]
    public void DropoutInRowsDrawsTheElementsOwnNumber()
    {
        Dim width = Open("width");
        UniformValue uniform = new(0, new Access(0, Dim.Zero, [width], Dim.One));
        Value kept = Call<GreaterEqual>(uniform, Number(0.25));
        RowKernel kernel = Rows(
            "y",
            [Open("rows")],
            width,
            [In("x"), Out("y")],
            Loop(Store(1, 1, [width], Call<Mul>(Load(0, 1, width), Call<Mul>(kept, Number(1 / 0.75)))))) with
        {
            Streams = [new RandomSite(77, 0, [])],
        };
        new KernelRun(kernel).Compare([Samples.Floats(5 * 19), new float[5 * 19]], new() { ["rows"] = 5, ["width"] = 19 });
    }

    [Fact]
    public void CrossEntropyOfIntegerLabels()
    {
        Dim[] row = [Dim.Of(10)];
        Value hit = Call<Equal>(new IndexValue(null), Load(1, 0, Dim.One));
        Value probability = Call<Exp>(Call<Sub>(Load(0, 1, row), Local("normalizer")));
        RowKernel kernel = Rows(
            "loss",
            [Open("batch")],
            10,
            [In("logits"), Ints("labels"), Out("lossPartials"), Out("loss"), Out("dLogits")],
            Loop(new Reduce("largest", Reduction.Max, Load(0, 1, row))),
            Loop(
                new Reduce("total", Reduction.Sum, Call<Exp>(Call<Sub>(Load(0, 1, row), Local("largest")))),
                new Reduce("label", Reduction.Sum, Call<Where>(hit, Load(0, 1, row), Number(0)))),
            Row(
                new Let("normalizer", Call<Add>(Local("largest"), Call<Log>(Local("total")))),
                new Accumulate(0, Call<Div>(Call<Sub>(Local("normalizer"), Local("label")), new DimNumber(Open("batch"))))),
            Loop(Store(4, 1, row, Call<Div>(Call<Sub>(probability, hit), new DimNumber(Open("batch")))))) with
        {
            Comment = ["loss = SoftmaxCrossEntropy(logits, labels)", "Fused: log-softmax + mean + its gradient   logits [batch, 10], labels [batch] → loss [], dLogits [batch, 10]"],
            Sums = [new BlockSum(Reduction.Sum, 2, 3, Dim.One)],
        };
        int[] labels = [.. Enumerable.Range(0, 64).Select(i => i % 10)];
        new KernelRun(kernel).Compare([Samples.Floats(640), labels, new float[64], new float[1], new float[640]], new() { ["batch"] = 64 });
    }

    [Fact]
    public void RowStagesKnowAllOps()
    {
        Value x = Load(0, 0, Dim.One);
        Value isBig = Local("isBig");
        RowKernel kernel = Rows(
            "y",
            [Open("rows")],
            1,
            [In("x"), Out("y"), Out("z")],
            Row(
                new Let("isBig", Call<Greater>(Call<Sigmoid>(x), Number(0.6))),
                new Let("smooth", Call<Add>(Call<Erf>(x), Call<Tanh>(Call<Neg>(Call<Neg>(x))))),
                new Let("chosen", Call<Where>(isBig, Call<Where>(Call<LessEqual>(x, Number(1)), Local("smooth"), x), Call<Exp>(x))),
                Store(1, 0, [Dim.One], Call<Sub>(Local("chosen"), Call<Sub>(Call<Maximum>(x, Number(-1)), Call<Mul>(isBig, Call<NotEqual>(x, Number(0))))))),
            Loop(Store(2, 1, [Dim.One], Call<Where>(isBig, Number(1), Number(double.NegativeInfinity)))));
        new KernelRun(kernel).Compare([Samples.Floats(100), new float[100], new float[100]], new() { ["rows"] = 100 });
    }

    private static RowKernel Softmax(Dim width) => Rows(
        "probabilities",
        [Open("rows")],
        width,
        [In("scores"), Out("probabilities")],
        Loop(new Reduce("largest", Reduction.Max, Load(0, 1, width))),
        Loop(
            new Let("power", Call<Exp>(Call<Sub>(Load(0, 1, width), Local("largest")))),
            new Reduce("total", Reduction.Sum, Local("power")),
            Store(1, 1, [width], Local("power"))),
        Row(new Let("scale", Call<Div>(Number(1), Local("total")))),
        Loop(Store(1, 1, [width], Call<Mul>(Load(1, 1, width), Local("scale")))));
}
