using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>What a recurrent layer costs, read from the planned program: kernels of each step, and products over all steps.</summary>
public class RecurrentPlanTests
{
    /// <summary>Forward one kernel, backward a cell and a product: the gradients of weights are products behind the loop.</summary>
    [Theory]
    [InlineData("Lstm(8)")]
    [InlineData("Gru(8)")]
    [InlineData("Rnn(8)")]
    public void AStepTakesThreeKernels(string layer)
    {
        string[] program = Planned($"[{layer}] private partial Tensor Read(Tensor x);", "Read(x)");
        Assert.Equal([1, 2], Steps(program).Select(step => step.Count));
        Assert.All(Steps(program), step => Assert.Single(step, kernel => IsProduct(program, kernel)));
    }

    [Theory]
    [InlineData("Lstm(8)")]
    [InlineData("Gru(8)")]
    [InlineData("Rnn(8)")]
    public void InputsAndWeightsAreOneProductEach(string layer)
    {
        string[] program = Planned($"[{layer}] private partial Tensor Read(Tensor x);", "Read(x)");

        // Forward that of the inputs; backward those of the two weights, and none for the inputs, which receive no gradient.
        Assert.Equal(3, Kernels(program, "  ").Count(kernel => IsProduct(program, kernel)));
    }

    [Fact]
    public void ATextGeneratorTakesTwentyFiveKernelsBesidesItsSteps()
    {
        string[] program = Planned(
            """
            [Embedding(50, 6)] private partial Tensor Embed(Tensor<int> words);
            [Lstm(8)] private partial Tensor Read(Tensor x);
            [Dense(50)] private partial Tensor Next(Tensor h);
            """,
            "Next(Read(Embed(words)))",
            "[Shape(\"batch\", \"time\")] Tensor<int> words",
            "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", \"time\")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);");
        Assert.Equal([1, 2], Steps(program).Select(step => step.Count));
        int besides = Kernels(program, "  ").Count();
        Assert.True(besides <= 25, $"{besides} kernels:\n{string.Join('\n', program)}");
    }

    /// <summary>A product of the step's element costs what it costs where the user writes it in front of the Scan: one product of the whole sequence, and one for its gradient.</summary>
    [Theory]
    [InlineData("Scan(First(x), x, (h, e) => Tanh(Cell(h) + Enter(e)))", "Scan(First(x), Enter(x), (h, e) => Tanh(Cell(h) + e))", 1, 3)]
    [InlineData("Scan(First(x), x, (h, e) => Tanh(Cell(h) + MatMul(e, Permute(Enter2, 1, 0))), reverse: true)", "Scan(First(x), MatMul(x, Permute(Enter2, 1, 0)), (h, e) => Tanh(Cell(h) + e), reverse: true)", 1, 3)]
    [InlineData("Scan(First(x), x, (h, e) => { var u = Tanh(Enter(e * 0.5)); return Tanh(Cell(h) + u) * u; })", "Scan(First(x), Tanh(Enter(x * 0.5)), (h, u) => Tanh(Cell(h) + u) * u)", 1, 3)]
    [InlineData("Scan(First(x), x, (h, e) => Tanh(Cell(h) + More(Relu(Enter(e)))))", "Scan(First(x), More(Relu(Enter(x))), (h, u) => Tanh(Cell(h) + u))", 2, 6)]
    [InlineData("Scan(First(x), x, (h, e) => Tanh(Cell(h) + Scan(h, 2, g => Tanh(g + Enter(e)))[.., 1]))", "Scan(First(x), Enter(x), (h, e) => Tanh(Cell(h) + Scan(h, 2, g => Tanh(g + e))[.., 1]))", 1, 3)]
    public void AnElementsProductIsOneOfTheWholeSequence(string inside, string before, int forward, int training)
    {
        const string Members = """
            [Dense(8)] private partial Tensor Enter(Tensor x); [Dense(8)] private partial Tensor More(Tensor x); [Dense(8)] private partial Tensor Cell(Tensor x);
            [Parameter(8)] private partial Tensor Start { get; } [Parameter(8, 3)] private partial Tensor Enter2 { get; }
            private Tensor First(Tensor x) => Expand(Unsqueeze(Start, 0), x.Shape[0], 8);
            """;
        string[] ours = Planned(Members, inside), users = Planned(Members, before);
        Assert.Equal(Steps(users).Select(step => step.Count), Steps(ours).Select(step => step.Count));
        Assert.True(Kernels(ours, "  ").Count() <= Kernels(users, "  ").Count(), string.Join('\n', ours));
        Assert.Equal(training, Kernels(ours, "  ").Count(kernel => IsProduct(ours, kernel)));
        string[] forwards = Planned(Members, inside, path: "Predict");
        Assert.Equal(forward, Kernels(forwards, "  ").Count(kernel => IsProduct(forwards, kernel)));
    }

    /// <summary>The formulas of an LSTM by hand are as many kernels as the layer: one for a step forward, two backward, and a product for the inputs of all steps.</summary>
    [Fact]
    public void AnLstmByHandCostsWhatTheLayerCosts()
    {
        string[] hand = Planned(
            """
            [Parameter(32, 3)] private partial Tensor WeightIh { get; } [Parameter(32, 8)] private partial Tensor WeightHh { get; } [Parameter(32)] private partial Tensor Bias { get; }
            [Recurrent] private ((Tensor Hidden, Tensor Cell) State, Tensor Output) Next((Tensor Hidden, Tensor Cell) before, Tensor x)
            {
                var gates = MatMul(x, Permute(WeightIh, 1, 0)) + Bias + MatMul(before.Hidden, Permute(WeightHh, 1, 0));
                var (input, forget, candidate, output) = Split(gates, 8, 1);
                var cell = Sigmoid(forget) * before.Cell + Sigmoid(input) * Tanh(candidate);
                var hidden = Sigmoid(output) * Tanh(cell);
                return ((hidden, cell), hidden);
            }
            """,
            "Scan((Expand(Unsqueeze(0 * Mean(x), 0), x.Shape[0], 8), Expand(Unsqueeze(0 * Mean(x), 0), x.Shape[0], 8)), x, Next).Steps");
        Assert.True(Steps(hand).Select(step => step.Count).SequenceEqual([1, 2]), string.Join('\n', hand));
        Assert.Equal(3, Kernels(hand, "  ").Count(kernel => IsProduct(hand, kernel)));
    }

    /// <summary>What is the same at every step is calculated once.</summary>
    [Fact]
    public void AProductThatNoStepChangesIsCalculatedOnce()
    {
        string[] program = Planned(
            "[Dense(8)] private partial Tensor Enter(Tensor x); [Dense(8)] private partial Tensor Cell(Tensor x);",
            "Scan(Enter(x[.., 0]), 5, h => Tanh(Cell(h) + Enter(x[.., 1])))",
            "[Shape(\"batch\", 5, 3)] Tensor x",
            "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 5, 8)] Tensor y) => Mse(predict, y);");
        Assert.Equal([1, 2], Steps(program).Select(step => step.Count));
    }

    private static string[] Planned(
        string layers,
        string body,
        string input = "[Shape(\"batch\", \"time\", 3)] Tensor x",
        string loss = "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", \"time\", 8)] Tensor y) => Mse(predict, y);",
        string path = "Loss, training") =>
        Traced.Model($$"""
            [Model] public sealed partial class Net
            {
                {{layers}}
                [Forward] private Tensor Predict({{input}}) => {{body}};
                {{loss}}
            }
            """).After(path, "PlanMemory").Split('\n');

    /// <summary>The kernels of each loop.</summary>
    private static List<List<string>> Steps(string[] program)
    {
        List<List<string>> steps = [];
        for (int line = 0; line < program.Length; line++)
        {
            if (program[line].StartsWith("  loop ", System.StringComparison.Ordinal))
            {
                steps.Add([.. Kernels([.. program.Skip(line + 1).TakeWhile(inside => inside.StartsWith("    ", System.StringComparison.Ordinal))], "    ")]);
            }
        }

        return steps;
    }

    /// <summary>The calls of kernels at an indent.</summary>
    private static IEnumerable<string> Kernels(string[] program, string indent) =>
        program.Where(line => line.StartsWith(indent, System.StringComparison.Ordinal) && line.Length > indent.Length && line[indent.Length] != ' ' && line.Contains('(', System.StringComparison.Ordinal)
            && !line.TrimStart().StartsWith("Arena", System.StringComparison.Ordinal) && !line.TrimStart().StartsWith("loop", System.StringComparison.Ordinal));

    private static bool IsProduct(string[] program, string kernel)
    {
        string next = program[System.Array.IndexOf(program, kernel) + 1];
        return next.Contains("Fused: MatMul", System.StringComparison.Ordinal);
    }
}
