using System;
using System.Linq;
using ModelGen.Entries;
using ModelGen.Gpu;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>A loss that works on blocks of rows gives what it gives on all rows at once.</summary>
[OnEveryDevice]
public sealed class LinearCrossEntropyTests
{
    /// <summary>Gets a model whose loss works on blocks of rows, and counts not all of them.</summary>
    internal static string Source { get; } = Model("SoftmaxCrossEntropy(Scores(Hidden(x)), t, ignoreIndex: 1)");

    private const string Template = "LinearCrossEntropyGradients";

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(3, 7, "")]
    [InlineData(41, 13, ", ignoreIndex: 1")]
    [InlineData(150, 14, ", ignoreIndex: 2")]
    [InlineData(5, 3, ", labelSmoothing: 0.125f")]
    public void ItIsWhatAllRowsAtOnceGive(int batch, int time, string settings)
    {
        CompiledModels inBlocks = Compile($"SoftmaxCrossEntropy(Scores(Hidden(x)), t{settings})");
        CompiledModels atOnce = Compile($"Both(Scores(Hidden(x)), t)", $"private static Tensor Both(Tensor scores, Tensor<int> t) => SoftmaxCrossEntropy(scores, t{settings}) + 0f * Sum(scores);");
        Assert.Contains(inBlocks.Files, file => file.Text.Contains(Template, StringComparison.Ordinal));
        Assert.DoesNotContain(atOnce.Files, file => file.Text.Contains(Template, StringComparison.Ordinal));
        using Model model = inBlocks.Create("Net", seed: 5);
        using Model reference = atOnce.Create("Net", seed: 5);
        Trial trial = new(model, "Loss", [batch, time], classes: 4);
        trial.SameLoss(1e-5);
        new Trial(reference, "Loss", [batch, time], classes: 4).SameLoss(1e-5);
        foreach (Parameter parameter in reference.Parameters)
        {
            float[] expected = parameter.Gradient.ToArray();
            float size = expected.Max(Math.Abs);
            Assert.True(size > 0, parameter.Name);
            Assert.All(expected.Zip(model.Parameters[parameter.Name].Gradient.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-5f * size));
        }
    }

    /// <summary>A part of an input is copied into one piece, as numbers.</summary>
    [Fact]
    public void TargetsMayBeAPartOfAnInput()
    {
        CompiledModels compiled = Compile("SoftmaxCrossEntropy(Scores(Hidden(x[.., 1..])), t[.., 1..])");
        Assert.Contains(compiled.Files, file => file.Text.Contains(Template, StringComparison.Ordinal));
        using Model model = compiled.Create("Net", seed: 5);
        new Trial(model, "Loss", [5, 4], classes: 1030).SameLoss(1e-5);
    }

    [Fact]
    [OnProcessor("It chooses the processor's threads.")]
    public void AnyNumberOfThreadsGivesTheSameBits()
    {
        CompiledModels compiled = Compile("SoftmaxCrossEntropy(Scores(Hidden(x)), t)");
        uint[]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using Model model = compiled.Create("Net", seed: 3, Device.CpuWith(threads));
            uint[] bits = new Trial(model, "Loss", [90, 7], classes: 1030).Bits();
            Assert.Equal(expected ??= bits, bits);
        }
    }

    /// <summary>A step of a text generator with a vocabulary of ten thousand: 32 sequences of 100.</summary>
    [Fact]
    [OnProcessor("It asks for no device.")]
    public void ATrainingStepOnADeviceIsFewLaunches()
    {
        using Model model = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Dense(10000)] private partial Tensor Scores(Tensor x);
                [Loss] private Tensor Loss([Shape("batch", 100, 128)] Tensor x, [Shape("batch", 100)] Tensor<int> t) => SoftmaxCrossEntropy(Scores(x), t);
            }
            """).Create("Net");
        LossEntry entry = (LossEntry)model.Description.Entries.Single();
        foreach (int multiprocessors in (int[])[16, 108, 132])
        {
            Assert.InRange(GpuRecorder.Record(GpuCapabilities.Cuda with { Multiprocessors = multiprocessors }, entry.TrainOnGpu!, 32).Count, 9, 11);
        }
    }

    private static CompiledModels Compile(string loss, string members = "") => CompiledModels.Compile(Model(loss, members));

    private static string Model(string loss, string members = "") => $$"""
        [Model] public sealed partial class Net
        {
            [Dense(9, Activation = Activation.Tanh)] private partial Tensor Hidden(Tensor x);
            [Dense(1030)] private partial Tensor Scores(Tensor x);
            {{members}}
            [Loss] private Tensor Loss([Shape("batch", "time", 6)] Tensor x, [Shape("batch", "time")] Tensor<int> t) => {{loss}};
        }
        """;
}
