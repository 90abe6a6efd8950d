using System;
using System.Linq;
using System.Reflection;
using ModelGen.Models.Tests.Compiled;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>Recurrences of one's own: compiled equals eager, also in training, and gradients equal finite differences of the eager reading in double.</summary>
[OnEveryDevice]
public sealed class ScanTests
{
    private const string Cell = "[Dense(4)] private partial Tensor Cell(Tensor h);", Drop = "[Dropout(0.4)] private partial Tensor Drop(Tensor x);";

    public static TheoryData<string, string, string> Bodies() => new()
    {
        { "lambda", Cell, "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + e));" },
        { "local function", Cell, "Tensor Next(Tensor h, Tensor e) { var sum = Cell(h) + e; return Tanh(sum); } return Scan(first, In(x), Next);" },
        { "method", Cell + "[Recurrent] private Tensor Next(Tensor h, Tensor e) => Tanh(Cell(h) + e);", "return Scan(first, In(x), Next);" },
        { "static method with shapes", "[Recurrent] private static Tensor Next([Shape(\"batch\", 4)] Tensor h, [Shape(\"batch\", 4)] Tensor e) => h * 0.5 + e;", "return Scan(first, In(x), Next);" },
        { "the formula of a softmax chain", Cell + "[Dense(3)] private partial Tensor Out(Tensor h); [Recurrent] private (Tensor State, Tensor Output) Next(Tensor h) { h = Softmax(Cell(h)); return (h, Softmax(Out(h))); }", "return Scan(first + Mean(In(x), 1), 6, Next).Steps;" },
        { "two states", Cell, "var (last, steps) = Scan((first, 0.5 * first), In(x), (s, e) => { var (h, c) = s; c = Sigmoid(Cell(h)) * c + e; h = Tanh(c); return ((h, c), h * e); }); return steps + Unsqueeze(last.Item1 * last.Item2, 1);" },
        { "two states of a method", Cell + "[Recurrent] private ((Tensor Hidden, Tensor Cell) State, Tensor Output) Next((Tensor Hidden, Tensor Cell) s, Tensor e) { var c = Sigmoid(Cell(s.Hidden)) * s.Cell + e; var h = Tanh(c); return ((h, c), h); }", "var ((h, c), steps) = Scan((first, Mean(In(x), 1)), In(x), Next); return steps * Unsqueeze(h - c, 1);" },
        { "states that change places", string.Empty, "return Scan((first, 0.5 * first, Mean(x)), In(x), (s, e) => ((s.Item2, s.Item1 + e, 0.5 * s.Item3), s.Item1 * s.Item3)).Steps;" },
        { "reverse", Cell, "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + e), reverse: true);" },
        { "both ways", Cell, "Tensor Next(Tensor h, Tensor e) => Tanh(Cell(h) + e); return Concat(2, Scan(first, In(x), Next), Scan(first, In(x), Next, reverse: true));" },
        { "axis 0", Cell, "return Scan(first, Permute(In(x), 1, 0, 2), (h, e) => Tanh(Cell(h) + e), axis: 0);" },
        { "axis -1", Cell, "return Scan(first, Permute(In(x), 0, 2, 1), (h, e) => Tanh(Cell(h) + e), axis: -1, reverse: true);" },
        { "captured values", Cell, "var scale = Sigmoid(In(x)[.., 0]); return Scan(first, In(x), (h, e) => Tanh(Cell(h)) * scale + e * Start + Mean(x));" },
        { "within another one", Cell, "return Scan(first, In(x), (h, e) => Tanh(h + e + Scan(h, 3, g => Tanh(Cell(g)) * e)[.., 2]));" },
        { "over a sequence within another one", Cell, "var all = In(x); return Scan(first, all, (h, e) => Tanh(Cell(h) + Scan(e, all, (g, f) => Tanh(g * f + h), reverse: true)[.., 0]));" },
        { "a count", Cell, "return Scan(first + Mean(In(x), 1), 3, h => Tanh(Cell(h)));" },
        { "a count in reverse with an output", Cell, "var (last, steps) = Scan(first + Mean(In(x), 1), 3, h => (Tanh(Cell(h)), h * 2), axis: 0, reverse: true); return steps + last;" },
        { "one step", Cell, "return Scan(first + Mean(In(x), 1), 1, h => Tanh(Cell(h)));" },
        { "a name that hides another", Cell, "return Scan(first, In(x), (h, x) => { var first = Cell(h); return Tanh(first + x); }) + Mean(x);" },
        { "a local function that means the hidden one", Cell, "Tensor Grow(Tensor h) => Tanh(Cell(h) * Mean(x)); return Scan(first, In(x), (h, x) => h + x + Scan(h, 2, Grow)[.., 1]);" },
        { "a sum", string.Empty, "return Scan(0 * first, In(x), (sum, e) => sum + e);" },
        { "steps without memory", string.Empty, "return Scan(first, In(x), (h, e) => e * e);" },
        { "a state that stays", string.Empty, "return Scan(first, In(x), (h, e) => (h, h * e)).Steps;" },
        { "the last state alone", Cell, "return Scan(first, In(x), (h, e) => (Tanh(Cell(h) + e), e)).Last;" },
        { "outputs of another shape", Cell, "return Scan(first, In(x), (h, e) => { h = Tanh(Cell(h) + e); return (h, Unsqueeze(h, 2) * Unsqueeze(e, 1)); }, axis: 1).Steps;" },
        { "numbers", string.Empty, "return Scan(Mean(x), Mean(In(x), [0, 2]), (s, e) => s * 0.5 + e, axis: 0) + Sum(first);" },
        { "matrices", string.Empty, "return Scan(MatMul(Permute(first, 1, 0), first), In(x), (m, e) => Tanh(MatMul(m, m) * 0.3 + MatMul(Permute(e, 1, 0), e)), axis: 1);" },
        { "a layer with steps of its own", "[Gru(4)] private partial Tensor Read(Tensor x);", "return Scan(first, In(x), (h, e) => Tanh(h + Read(Stack(1, h, e))[.., ^1]));" },
        { "a loop and conditions in a step", Cell, "return Scan(first, In(x), (h, e) => { for (int i = 0; i < 3; i++) { if (i == 1) e = e * 2; h = Tanh(Cell(h) + e * i); } return Training ? h : h * 1.0; });" },
        { "in a loop", Cell, "var y = In(x); for (int i = 0; i < 3; i++) y = Scan(first, y, (h, e) => Tanh(Cell(h) + e) * (i + 1)); return y;" },
        { "parts that go round a loop", Cell + "[Recurrent] private ((Tensor Hidden, Tensor Cell) State, Tensor Output) Next((Tensor Hidden, Tensor Cell) s, Tensor e) { var c = Sigmoid(Cell(s.Hidden)) * s.Cell + e; var h = Tanh(c); return ((h, c), h); }", "var ((h, c), y) = Scan((first, 0.5 * first), In(x), Next); for (int i = 0; i < 2; i++) ((h, c), y) = Scan((h, c), y, Next); return y * Unsqueeze(h - c, 1);" },
        { "a part left aside in a loop", Cell, "var (_, y) = Scan((first, first), In(x), (s, e) => ((s.Item2, Tanh(Cell(s.Item1) + e)), s.Item1 * e)); for (int i = 0; i < 2; i++) (_, y) = Scan(first, y, (h, e) => (Tanh(Cell(h) + e), h + e)); return y;" },
        { "dropout", Cell + Drop, "return Drop(Scan(first, Drop(In(x)), (h, e) => Drop(Tanh(Cell(h))) + Drop(e)));" },
        { "dropout in reverse", Cell + Drop, "return Drop(Scan(first, In(x), (h, e) => Drop(Tanh(Cell(h))) + e, reverse: true));" },
        { "dropout of steps within steps", Cell + Drop, "var y = In(x); for (int i = 0; i < 2; i++) y = Scan(first, y, (h, e) => Scan(e, 2, g => Drop(Tanh(Cell(g)) + h), reverse: true)[.., 0] + Drop(e)); return Drop(y);" },
        { "products of elements", Cell + "[Dense(4)] private partial Tensor Enter(Tensor x);", "return Scan(first, x, (h, e) => Tanh(Cell(h) + Enter(e) * In(e)));" },
        { "products of elements in reverse", Cell + "[Dense(4)] private partial Tensor Enter(Tensor x);", "return Scan(first, Permute(x, 1, 0, 2), (h, e) => Tanh(Cell(h) + Enter(Sigmoid(In(e)) - Start)), axis: 0, reverse: true);" },
        { "parts and moves of products of elements", "[Parameter(8, 3)] private partial Tensor Weight { get; } [Parameter(8)] private partial Tensor Bias { get; }", "return Scan(first, x, (h, e) => { var both = MatMul(e, Permute(Weight, 1, 0)) + Bias; var (a, b) = Split(both, 4, 1); return Tanh(h + In(e) + a) * Sigmoid(b); });" },
        { "products of a matrix for each step", "[Parameter(4, 2)] private partial Tensor Weight { get; }", "var all = Unsqueeze(In(x), 2) * Unsqueeze(In(Flip(x, 1)), 3); return Scan(first, all, (h, e) => Tanh(h + Unsqueeze(Mean(MatMul(Tanh(MatMul(e * Start, Weight)), Permute(Weight, 1, 0)), [1]), 0)[0] * Mean(e)));" },
        { "products that are the same at every step", Cell, "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + Cell(first) * e) + Cell(Mean(In(x), 1)));" },
        { "products within two scans", Cell, "var y = In(x); return Scan(first, y, (h, e) => Tanh(h + Scan(e, y, (g, f) => Tanh(g + Cell(f) + Cell(e)) * Cell(h))[.., ^1]));" },
        { "a product that is the output", Cell, "return Scan(first, In(x), (h, e) => (Tanh(h + e), Cell(e))).Steps;" },
        { "a product of numbers", "[Parameter(1, 4)] private partial Tensor Weight { get; }", "return Scan(first, Mean(In(x), [0, 2]), (s, e) => Tanh(s + MatMul(Reshape(e * 2 + Mean(Start), 1, 1), Weight)), axis: 0) + Sum(In(x));" },
        { "products of dropped elements", Cell + Drop, "return Scan(first, In(x), (h, e) => Tanh(h + Cell(Drop(e)) + Drop(Cell(e))));" },
        { "products in a loop of modules", Cell, "var y = In(x); for (int i = 0; i < 3; i++) y = y + Unsqueeze(Tanh(Cell(first)) * (i + 1), 1) * Tanh(Cell(In(x))); return y;" },
        { "several", Cell, "var a = Scan(first, In(x), (h, e) => Tanh(Cell(h) + e)); return Scan(first, a, (h, e) => h * 0.5 + e, reverse: true) + Scan(first, a, (h, e) => h + e * e);" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AgreesWithTheEagerReading(string name, string members, string body)
    {
        Assert.NotEmpty(name);
        CompiledModels open = CompiledModels.Compile(Source(members, body, "\"time\""));
        foreach (int[] sizes in new int[][] { [2, 4], [3, 1], [1, 5] })
        {
            Check(open.Create("Net", seed: 5), sizes);
        }
    }

    [Theory]
    [InlineData("5", "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + e));")]
    [InlineData("1", "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + e));")]
    [InlineData("3", "return Scan((first, first), In(x), (s, e) => ((Tanh(Cell(s.Item2) + e), s.Item1), s.Item1), reverse: true).Steps;")]
    public void TheTimeMayBeConstant(string time, string body) => Check(CompiledModels.Compile(Source(Cell, body, time)).Create("Net", seed: 5), [3]);

    /// <summary>A step within a repeated module: a loop over time in a loop over modules, whose weights are stacked.</summary>
    [Fact]
    public void AStepMayStandInAModule()
    {
        CompiledModels models = CompiledModels.Compile("""
            [Module] public sealed partial class Block
            {
                [Dense("width")] private partial Tensor Cell(Tensor h);
                [Dropout(0.25)] private partial Tensor Drop(Tensor x);
                [Parameter("width")] private partial Tensor Start { get; }
                [Recurrent] private Tensor Next([Shape("batch", "width")] Tensor h, Tensor e) => Tanh(Cell(h) + Drop(e));
                [Forward] public Tensor Forward([Shape("batch", "time", "width")] Tensor x) => x + Scan(0 * x[.., 0] + Start, x, Next);
            }

            [Model] public sealed partial class Net
            {
                [Repeat(3)] private partial Block[] Blocks { get; }
                private partial Block Last { get; }
                [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x)
                {
                    foreach (var block in Blocks) x = block.Forward(x);
                    return Scan(x[.., ^1], x, (h, e) => Tanh(h + Last.Forward(Unsqueeze(e, 1))[.., 0]), reverse: true);
                }
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time", 3)] Tensor y) => Mse(predict, y);
            }
            """);
        Check(models.Create("Net", seed: 5), [2, 4]);
    }

    /// <summary>The formulas of an LSTM by hand, with the weights of the layer: the same results.</summary>
    [Fact]
    public void AnLstmByHandIsTheLayer()
    {
        CompiledModels models = CompiledModels.Compile("""
            [Model] public sealed partial class Layer
            {
                [Lstm(5)] private partial Tensor Read(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x) => Read(x);
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time", 5)] Tensor y) => Mse(predict, y);
            }

            [Model] public sealed partial class Hand
            {
                [Parameter(20, 3)] private partial Tensor WeightIh { get; }
                [Parameter(20, 5)] private partial Tensor WeightHh { get; }
                [Parameter(20)] private partial Tensor BiasIh { get; }
                [Parameter(20)] private partial Tensor BiasHh { get; }

                [Recurrent]
                private ((Tensor Hidden, Tensor Cell) State, Tensor Output) Next((Tensor Hidden, Tensor Cell) before, Tensor x)
                {
                    var gates = MatMul(x, Permute(WeightIh, 1, 0)) + BiasIh + MatMul(before.Hidden, Permute(WeightHh, 1, 0)) + BiasHh;
                    var (input, forget, candidate, output) = Split(gates, 5, 1);
                    var cell = Sigmoid(forget) * before.Cell + Sigmoid(input) * Tanh(candidate);
                    var hidden = Sigmoid(output) * Tanh(cell);
                    return ((hidden, cell), hidden);
                }

                [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x)
                {
                    var zero = Expand(Unsqueeze(0 * x[.., 0, 0], 1), x.Shape[0], 5);
                    return Scan((zero, zero), x, Next).Steps;
                }

                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time", 5)] Tensor y) => Mse(predict, y);
            }
            """);
        using Model layer = models.Create("Layer", seed: 3), hand = models.Create("Hand", seed: 4);
        foreach ((string to, string from) in new[] { ("WeightIh", "weight_ih_l0"), ("WeightHh", "weight_hh_l0"), ("BiasIh", "bias_ih_l0"), ("BiasHh", "bias_hh_l0") })
        {
            float[] values = new float[layer.Parameters["Read." + from].Length];
            layer.Parameters["Read." + from].CopyTo(values);
            hand.Parameters[to].SetValues(values);
        }

        float[,,] x = new float[3, 6, 3];
        for (int index = 0; index < x.Length; index++)
        {
            x[index / 18, index / 3 % 6, index % 3] = MathF.Sin(index * 1.3f);
        }

        float[] expected = Predicted(layer, x), actual = Predicted(hand, x);
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        Check(hand, [3, 6]);
    }

    [Fact]
    public void ASequenceWithoutStepsIsAnError()
    {
        using Model model = CompiledModels.Compile(Source(string.Empty, "return Scan(first, In(x[.., 2..]), (h, e) => h + e);", "\"time\"")).Create("Net");
        MethodInfo predict = model.GetType().GetMethod("Predict", [typeof(float[,,])])!;
        Exception? failure = Record.Exception(() => predict.Invoke(model, [new float[2, 2, 3]]))?.GetBaseException();
        Assert.True(failure is ArgumentException, failure?.ToString() ?? "no error");
        Assert.Contains("Scan(first, In(x[.., 2..]), (h, e) => …) needs time - 3 of at least 0", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [OnProcessor("It chooses the processor's threads.")]
    public void GradientsAreTheSameBitsForAnyNumberOfThreads()
    {
        CompiledModels compiled = CompiledModels.Compile(Source(Cell, "return Scan(first, In(x), (h, e) => Tanh(Cell(h) + e));", "\"time\""));
        uint[]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using Model model = compiled.Create("Net", seed: 3, Device.CpuWith(threads));
            uint[] bits = new Trial(model, "Loss", [33, 12]).Bits();
            Assert.Equal(expected ??= bits, bits);
        }
    }

    private static float[] Predicted(Model model, float[,,] x) =>
        [.. ((Array)model.GetType().GetMethod("Predict", [typeof(float[,,])])!.Invoke(model, [x])!).Cast<float>()];

    private static void Check(Model model, int[] sizes)
    {
        using (model)
        {
            Trial trial = new(model, "Loss", sizes);
            trial.SameForward("Predict");
            trial.SameLoss();
            (double error, string parameter) = trial.WorstGradient();
            Assert.True(error < 2e-3, $"{parameter}: {error} at [{string.Join(", ", sizes)}]");
        }
    }

    private static string Source(string members, string body, string time) => $$"""
        [Model] public sealed partial class Net
        {
            {{members}}
            [Dense(4)] private partial Tensor In(Tensor x);
            [Parameter(4)] private partial Tensor Start { get; }
            [Forward] private Tensor Predict([Shape("batch", {{time}}, 3)] Tensor x)
            {
                var first = Mean(x[.., .., ..1], 1) * Start;
                {{body}}
            }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor y) => Mean(predict * predict) + 0.1 * Sum(Tanh(predict)) * Mean(y);
        }
        """;
}
