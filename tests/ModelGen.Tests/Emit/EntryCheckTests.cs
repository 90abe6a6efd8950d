using System.Linq;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Emit;

/// <summary>What a call is checked for before it writes anything.</summary>
public class EntryCheckTests
{
    private const string Labels = "[Shape(\"batch\", 10)] Tensor x, [Shape(\"batch\")] Tensor<int> y";
    private const string Open = "[Shape(\"rows\", \"n\")] Tensor x";

    [Theory]
    [InlineData("SoftmaxCrossEntropy(x, y, ignoreIndex: -100) + SoftmaxCrossEntropy(x, y)", "1, 10")]
    [InlineData("SoftmaxCrossEntropy(x, y) + SoftmaxCrossEntropy(x, y, ignoreIndex: -100)", "1, 10")]
    [InlineData("SoftmaxCrossEntropy(x, y, ignoreIndex: -100) + SoftmaxCrossEntropy(2 * x, y, ignoreIndex: -100)", "1, 10, -100")]
    [InlineData("SoftmaxCrossEntropy(x[.., ..5], y, ignoreIndex: -100) + SoftmaxCrossEntropy(x, y)", "1, 5")]
    [InlineData("SoftmaxCrossEntropy(x[.., ..5], y) + SoftmaxCrossEntropy(x, y, ignoreIndex: -100)", "1, 5")]
    public void OneInputsChecksAreTheirIntersection(string loss, string check) => Assert.Equal([$"frame.CheckIndices({check});"], Checks(Labels, $"return {loss};"));

    [Theory]
    [InlineData("return SoftmaxCrossEntropy(x, y[.., 1]);", "1, 10")]
    [InlineData("return SoftmaxCrossEntropy(x, y[.., 1], ignoreIndex: -1);", "1, 10, -1")]
    [InlineData("Tensor loss = 0; for (int i = 0; i < 3; i++) loss = loss + SoftmaxCrossEntropy(x * i, y[.., 1]); return loss;", "1, 10")]
    public void LabelsAreCheckedWhereverTheyCome(string body, string check) =>
        Assert.Equal([$"frame.CheckIndices({check});"], Checks("[Shape(\"batch\", 10)] Tensor x, [Shape(\"batch\", 2)] Tensor<int> y", body));

    [Theory]
    [InlineData("Max(x, 1)", "n - 1")]
    [InlineData("Min(x, [1])", "n - 1")]
    [InlineData("Max(x)", "n*rows - 1")]
    [InlineData("Functional.Norm(x, 1, p: double.PositiveInfinity)", "n - 1")]
    [InlineData("Functional.Norm(x, 1, p: double.NegativeInfinity)", "n - 1")]
    public void ThereMustBeSomethingToCompare(string word, string value) =>
        Assert.Contains(Checks(Open, $"return Mean({word});"), line => line.StartsWith($"frame.CheckSize(\"{word} needs {value} of at least 0\"", System.StringComparison.Ordinal));

    [Theory]
    [InlineData("Sum(x, 1)")]
    [InlineData("Functional.Norm(x, 1)")]
    [InlineData("Softmax(x, 1)")]
    public void OtherReductionsTakeNothing(string word) => Assert.Empty(Checks(Open, $"return Mean({word});"));

    [Fact]
    public void PositionsNeedSomethingToCompareAndNoMoreThanIsIndexed()
    {
        string[] checks = Checks(Open + ", [Shape(\"rows\", \"m\")] Tensor table", "return Mean(IndexSelect(table, 1, ArgMax(x, -1)));");
        Assert.Contains(checks, line => line.StartsWith("frame.CheckSize(\"ArgMax(x, -1) needs n - 1 of at least 0\"", System.StringComparison.Ordinal));
        Assert.Contains(checks, line => line.StartsWith("frame.CheckSize(\"IndexSelect(table, 1, ArgMax(x, -1)) needs -1*n + m of at least 0\"", System.StringComparison.Ordinal));
        Assert.DoesNotContain(Checks(Open, "return Mean(IndexSelect(x, 1, ArgMax(x, -1)));"), line => line.StartsWith("frame.CheckSize(\"IndexSelect", System.StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Clamp(x, 0, high)")]
    [InlineData("Elu(x, high)")]
    [InlineData("LeakyRelu(x, high)")]
    [InlineData("Softplus(x, high, high)")]
    public void AnIntegerIsANumber(string word) => Assert.Empty(Build.Run(Source(Labels, $"int high = 6; return Mean({word});")).Reported);

    private static string[] Checks(string inputs, string body)
    {
        Built built = Build.Run(Source(inputs, body));
        Assert.Empty(built.Reported);
        return [.. built.File("Net.Forward.g.cs").Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("frame.CheckIndices(", System.StringComparison.Ordinal) || line.StartsWith("frame.CheckSize(", System.StringComparison.Ordinal))];
    }

    private static string Source(string inputs, string body) => Build.Usings + $"[Model] public sealed partial class Net {{ [Forward] private Tensor Predict({inputs}) {{ {body} }} }}";
}
