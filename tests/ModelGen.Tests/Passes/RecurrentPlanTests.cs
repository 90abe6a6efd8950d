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

    private static string[] Planned(
        string layers,
        string body,
        string input = "[Shape(\"batch\", \"time\", 3)] Tensor x",
        string loss = "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", \"time\", 8)] Tensor y) => Mse(predict, y);") =>
        Traced.Model($$"""
            [Model] public sealed partial class Net
            {
                {{layers}}
                [Forward] private Tensor Predict({{input}}) => {{body}};
                {{loss}}
            }
            """).After("Loss, training", "PlanMemory").Split('\n');

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
