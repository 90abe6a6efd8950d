using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Stacks that end with each loss, with its settings: compiled is eager, and gradients are finite differences.</summary>
[OnEveryDevice]
public sealed class StackLossTests
{
    [Theory]
    [InlineData("Dense(3)", "Mae")]
    [InlineData("Dense(3)", "Huber")]
    [InlineData("Dense(3)", "Huber(Delta = 0.25f)")]
    [InlineData("Dense(3)", "Hinge")]
    [InlineData("Dense(3), LogSoftmax", "KlDivergence(LogTarget = true)")]
    [InlineData("Dense(3)", "Focal")]
    [InlineData("Dense(3)", "Focal(Alpha = -1, Gamma = 3)")]
    [InlineData("Dense(3)", "SoftmaxCrossEntropy(LabelSmoothing = 0.2f)")]
    [InlineData("Dense(3)", "SoftmaxCrossEntropy(LabelSmoothing = 0.2f, IgnoreIndex = 1)")]
    [InlineData("Dense(3), RmsNorm(Epsilon = 0.5)", "Mse")]
    public void CompiledIsEager(string layers, string loss)
    {
        CompiledModels compiled = CompiledModels.Compile($"[Model, Input(\"batch\", 4)] [Dense(5), Tanh, {layers}] [{loss}] public sealed partial class Net;");
        using Model model = compiled.Create("Net", seed: 7);
        Trial trial = new(model, "Loss", [6]);
        trial.SameForward("Predict");
        trial.SameLoss();
        (double error, string parameter) = trial.WorstGradient();
        Assert.True(error < 1e-4, $"d{parameter} is off by {error}");
    }
}
