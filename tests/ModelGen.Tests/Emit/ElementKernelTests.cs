using System;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using Xunit;
using static ModelGen.Tests.Emit.Ir;

namespace ModelGen.Tests.Emit;

/// <summary>Kernels over single elements against the interpreter.</summary>
[Trait("Device", "OpenCl")]
public class ElementKernelTests
{
    private static readonly int[] Lengths = [0, 1, 3, 15, 16, 17, 1000, 20_000];

    private static readonly float[] Special =
    [
        0, -0f, 1, -1, 0.5f, -2.5f, 3.75f, 20, -20, 100, -100, 1e-20f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 7, -7,
    ];

    private static readonly float[] Three = [3];

    public static TheoryData<string> Ops => [.. OpsByName.Keys];

    private static System.Collections.Generic.SortedDictionary<string, Func<Value, Value, Value>> OpsByName { get; } = new(StringComparer.Ordinal)
    {
        ["Add"] = (a, b) => Call<Add>(a, b),
        ["Sub"] = (a, b) => Call<Sub>(a, b),
        ["Mul"] = (a, b) => Call<Mul>(a, b),
        ["Div"] = (a, b) => Call<Div>(a, b),
        ["Neg"] = (a, b) => Call<Neg>(a),
        ["Exp"] = (a, b) => Call<Exp>(a),
        ["Log"] = (a, b) => Call<Log>(a),
        ["Sqrt"] = (a, b) => Call<Sqrt>(a),
        ["Tanh"] = (a, b) => Call<Tanh>(a),
        ["NormalCdf"] = (a, b) => Call<NormalCdf>(a),
        ["Erf"] = (a, b) => Call<Erf>(a),
        ["Sigmoid"] = (a, b) => Call<Sigmoid>(a),
        ["Maximum"] = (a, b) => Call<Maximum>(a, b),
        ["Greater"] = (a, b) => Call<Greater>(a, b),
        ["GreaterEqual"] = (a, b) => Call<GreaterEqual>(a, b),
        ["Less"] = (a, b) => Call<Less>(a, b),
        ["LessEqual"] = (a, b) => Call<LessEqual>(a, b),
        ["Equal"] = (a, b) => Call<Equal>(a, b),
        ["NotEqual"] = (a, b) => Call<NotEqual>(a, b),
        ["Where"] = (a, b) => Call<Where>(a, b, Call<Neg>(b)),
        ["WhereGreater"] = (a, b) => Call<Where>(Call<Greater>(a, b), a, Number(0)),
        ["MultiplyAdd"] = (a, b) => Call<Add>(b, Call<Mul>(a, Number(-2))),
        ["Grouping"] = (a, b) => Call<Sub>(a, Call<Sub>(b, Call<Div>(Call<Neg>(Call<Neg>(a)), Call<Add>(b, Number(3))))),
    };

    [Theory]
    [MemberData(nameof(Ops))]
    public void EveryIntrinsicEqualsTheInterpreter(string op)
    {
        ElementKernel kernel = Elements("y", Open("n"), [In("a"), In("b"), Out("y")], Store(2, Dim.One, [], OpsByName[op](Load(0, 1), Load(1, 1))));
        float[] a = [.. Special.SelectMany(x => Special.Select(_ => x))];
        float[] b = [.. Special.SelectMany(_ => Special)];
        new KernelRun(kernel).Compare([a, b, new float[a.Length]], new() { ["n"] = a.Length });
    }

    [Fact]
    public void EveryLengthIsCoveredToItsEndAndNoFurther()
    {
        ElementKernel kernel = Elements("y", Open("n"), [In("a"), In("b"), Out("y")], Store(2, Dim.One, [], Call<Mul>(Load(0, 1), Load(1, 0))));
        KernelRun run = new(kernel);
        foreach (int length in Lengths)
        {
            run.Compare([Samples.Floats(length), Three, new float[length]], new() { ["n"] = length });
        }
    }

    [Fact]
    public void AComparisonIsAMaskForWhereAndANumberElsewhere()
    {
        Value isPositive = Local("isPositive");
        ElementKernel kernel = Elements(
            "y",
            1000,
            [In("x"), Out("y")],
            new Let("isPositive", Call<Greater>(Load(0, 1), Number(0))),
            Store(1, Dim.One, [], Call<Add>(Call<Where>(isPositive, Load(0, 1), Number(0)), Call<Mul>(isPositive, Number(10)))));
        new KernelRun(kernel).Compare([Samples.Floats(1000), new float[1000]]);
    }

    [Fact]
    public void IndexesDimensionsAndIntegersAreNumbers()
    {
        Value value = Call<Add>(Call<Add>(new IndexValue(null), new DimNumber(Open("n") * 2)), Call<Mul>(Load(0, 1), new LoopIndexValue(1)));
        ElementKernel kernel = Elements("y", Open("n"), [Ints("labels"), Out("y")], Store(1, Dim.One, [], value)) with { LoopIndexes = 2 };
        new KernelRun(kernel).Compare([Enumerable.Range(-20, 50).ToArray(), new float[50]], new() { ["n"] = 50 }, [3, 4]);
    }

    [Fact]
    public void RandomNumbersAreThoseOfTheStream()
    {
        UniformValue uniform = new(0, new Access(0, Dim.Of(5), [], Dim.One));
        ElementKernel kernel = Elements("y", 100, [Out("y")], Store(0, Dim.One, [], Call<Where>(Call<Less>(uniform, Number(0.3)), Number(0), uniform))) with
        {
            Streams = [new RandomSite(0x811C9DC5, 3, [0, 1, 7])],
            LoopIndexes = 3,
        };
        new KernelRun(kernel).Compare([new float[100]], loops: [9, 2, 1], tolerance: 0);
    }

    [Fact]
    public void NamesThatClashGetNumbers()
    {
        ElementKernel kernel = Elements(
            "class",
            Open("frame"),
            [In("frame"), Out("index")],
            new Let("class", Call<Add>(Load(0, 1), Number(1))),
            new Let("lanes", Call<Mul>(Local("class"), Local("class"))),
            Store(1, Dim.One, [], Local("lanes")));
        new KernelRun(kernel).Compare([Samples.Floats(20), new float[20]], new() { ["frame"] = 20 });
    }

    [Fact]
    public void FunctionsAreCallsInKernelsTooLongToInline()
    {
        Value sum = Load(0, 1);
        for (int i = 0; i < 4; i++)
        {
            sum = Call<Add>(Call<Erf>(Call<Sub>(Load(0, 1), Number(i))), Call<Tanh>(sum));
        }

        KernelRun run = new(Elements("y", 100, [In("x"), Out("y")], Store(1, Dim.One, [], sum)));
        Assert.Contains("SimdCalls.Erf", run.Text, StringComparison.Ordinal);
        run.Compare([Samples.Floats(100), new float[100]]);
    }
}
