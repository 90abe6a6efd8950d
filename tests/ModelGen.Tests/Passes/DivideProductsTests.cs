using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>Which products are divided into parts of their columns, so that what brings the parts together is in their kernel.</summary>
public class DivideProductsTests
{
    [Theory]
    [InlineData("g[.., ..6] * Sigmoid(g[.., 6..])", 12)]
    [InlineData("g[.., ..4] + g[.., 4..8] * g[.., 8..]", 12)]
    public void PartsThatComeTogetherAreInTheProductsKernel(string output, int columns) => Assert.Equal(1, Divided(output, columns));

    [Theory]
    [InlineData("Concat(0, g[.., ..6], Exp(g[.., 6..]))", 12)] // they do not come together
    [InlineData("g[.., ..6] * g[.., 6..] + Sum(g, 1, keepDims: true)", 12)] // no kernel would be spared
    [InlineData("g[.., ..6] * g[.., 7..]", 13)] // no equal parts
    [InlineData("g[.., ..4] * g[.., 8..]", 12)] // a part that nobody reads
    [InlineData("(g - Sum(g, 1, keepDims: true))[.., ..6] * g[.., 6..]", 12)] // a part waits for the whole
    [InlineData("g[.., ..1] + g[.., 1..2] + g[.., 2..3] + g[.., 3..4] + g[.., 4..5] + g[.., 5..6] + g[.., 6..7] + g[.., 7..8] + g[.., 8..]", 9)] // too many
    public void OthersAreNot(string output, int columns) => Assert.Equal(0, Divided(output, columns));

    private static int Divided(string output, int columns)
    {
        string text = Traced.Cpu($$"""
            [Model] public sealed partial class Net
            {
                [Dense({{columns}})] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 5)] Tensor x) { var g = Fc(x); return {{output}}; }
                [Loss] private Tensor Loss(Tensor predict) => Mean(predict);
            }
            """);
        return text.Split("Gemm.RunParts").Length > 1 ? 1 : 0;
    }
}
