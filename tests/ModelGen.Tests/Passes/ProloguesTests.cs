using Xunit;

namespace ModelGen.Tests.Passes;

/// <summary>Cheap calculations that a product makes as it reads its left factor, instead of a kernel of their own.</summary>
public class ProloguesTests
{
    [Theory]
    [InlineData("Fc(x * 2 - 1)")]
    [InlineData("Fc((x - Center) * 0.5f)")]
    [InlineData("Fc(x * x)")]
    [InlineData("Fc(Reshape(x * 2, [x.Shape[0], 6]))")]
    public void ACheapCalculationIsPartOfTheProduct(string output) => Assert.Equal((1, 1), Kernels(output));

    [Theory]
    [InlineData("Fc(Exp(x))")] // costly
    [InlineData("Fc(x * 2) + Sum(x * 2, 1, keepDims: true)")] // used elsewhere
    [InlineData("Fc(x[.., ..6] + x[.., 1..])", 7)] // no element at the factor's place
    public void OthersHaveAKernel(string output, int width = 6)
    {
        (int kernels, int prologues) = Kernels(output, width);
        Assert.Equal(0, prologues);
        Assert.True(kernels > 1);
    }

    /// <summary>The gradient of a weight has the calculation as its right factor, so that it is stored for both products.</summary>
    [Fact]
    public void TrainingStoresWhatTwoProductsNeed()
    {
        string text = Traced.Cpu("""
            [Model] public sealed partial class Net
            {
                [Dense(5)] private partial Tensor Fc(Tensor x);
                [Loss] private Tensor Loss([Shape("batch", 6)] Tensor x) => Mean(Square(Fc(x * 2 - 1)));
            }
            """);
        Assert.Equal(2, text.Split("V Read<V, L>").Length); // the loss without gradients
    }

    private static (int Kernels, int Prologues) Kernels(string output, int width = 6)
    {
        string text = Traced.Cpu($$"""
            [Model] public sealed partial class Net
            {
                [Dense(5)] private partial Tensor Fc(Tensor x);
                [Parameter(6)] private partial Tensor Center { get; }
                [Forward] private Tensor Predict([Shape("batch", {{width}})] Tensor x) => {{output}};
            }
            """);
        return (text.Split("readonly struct ").Length - 1, text.Split("V Read<V, L>").Length - 1);
    }
}
