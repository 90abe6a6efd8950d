using System;
using System.Linq;
using ModelGen.Entries;
using ModelGen.Gpu;
using ModelGen.Models.Tests.Compiled;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>Recurrent layers over batches and times that only a call knows: compiled equals eager, and gradients equal finite differences.</summary>
[OnEveryDevice]
public sealed class RecurrentTests
{
    public static TheoryData<string, string> Layers() => new()
    {
        { "Rnn(5)", "Read(x)" },
        { "Rnn(5, Activation = Activation.Relu, Bidirectional = true)", "Read(x)" },
        { "Gru(5)", "Read(x)" },
        { "Gru(4, Layers = 2, Bidirectional = true)", "Read(x)" },
        { "Lstm(5)", "Read(x)" },
        { "Lstm(3, Layers = 2, Bidirectional = true)", "Read(x)" },
        { "Lstm(5, Bidirectional = true)", "Read(x)[.., ^1]" },
        { "Lstm(3)", "Read(Read(x))" },
        { "Gru(3)", "Tanh(Read(x)) * x" },
        { "Rnn(3)", "Read(Flip(x, 1)) + Mean(Read(x), 1, keepDims: true)" },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void AgreesWithTheEagerReadingForOpenSizes(string layer, string body)
    {
        CompiledModels compiled = CompiledModels.Compile(Source(layer, body));
        foreach (int[] sizes in new int[][] { [2, 4], [1, 1], [3, 1], [1, 6] })
        {
            using Model model = compiled.Create("Net", seed: 5);
            Trial trial = new(model, "Loss", sizes);
            trial.SameForward("Predict");
            trial.SameLoss();
            (double error, string parameter) = trial.WorstGradient();
            Assert.True(error < 2e-3, $"{parameter}: {error} at [{string.Join(", ", sizes)}]");
        }
    }

    [Theory]
    [InlineData("Rnn(5)")]
    [InlineData("Lstm(5, Bidirectional = true)")]
    public void ASequenceWithoutStepsIsAnError(string layer)
    {
        using Model model = CompiledModels.Compile(Source(layer, "Sum(Read(x[.., 2..]), 1)")).Create("Net");
        var predict = model.GetType().GetMethod("Predict", [typeof(float[,,])])!;
        Exception? failure = Record.Exception(() => predict.Invoke(model, [new float[2, 2, 3]]))?.GetBaseException();
        Assert.True(failure is ArgumentException, failure?.ToString() ?? "no error");
        Assert.Contains("Read(x[.., 2..]) needs time - 3 of at least 0", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    [OnProcessor("It chooses the processor's threads.")]
    public void GradientsAreTheSameBitsForAnyNumberOfThreads()
    {
        CompiledModels compiled = CompiledModels.Compile(Source("Lstm(37, Bidirectional = true)", "Read(x)"));
        uint[]? expected = null;
        foreach (int threads in new[] { 1, 2, 7 })
        {
            using Model model = compiled.Create("Net", seed: 3, Device.CpuWith(threads));
            uint[] bits = new Trial(model, "Loss", [33, 12]).Bits();
            Assert.Equal(expected ??= bits, bits);
        }
    }

    /// <summary>
    /// Launches on devices of several sizes, counted without one: three for each step, and 25 besides. On CUDA the backward product of a step is split, which is faster there although
    /// it takes a fourth.
    /// </summary>
    [Fact]
    [OnProcessor("It needs no device.")]
    public void AStepOfTheTextGeneratorIsThreeLaunches()
    {
        using Model model = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Embedding(10_000, 256)] private partial Tensor Embed(Tensor<int> words);
                [Lstm(128)] private partial Tensor Read(Tensor x);
                [Dense(10_000)] private partial Tensor Next(Tensor h);
                [Forward] private Tensor Predict([Shape("batch", "time")] Tensor<int> words) => Next(Read(Embed(words)));
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);
            }
            """).Create("Net");
        GpuEntryCode step = model.Description.Entries.OfType<LossEntry>().Single().TrainOnGpu!;
        foreach (int multiprocessors in (int[])[16, 108, 132])
        {
            foreach ((GpuCapabilities kind, int most) in new[] { (GpuCapabilities.Cuda with { Warp = 0 }, 3), (GpuCapabilities.Cuda, 4) })
            {
                GpuCapabilities device = kind with { Multiprocessors = multiprocessors };
                int launches = GpuRecorder.Record(device, step, 32, 50).Count, more = GpuRecorder.Record(device, step, 32, 51).Count;
                Assert.InRange(more - launches, 1, most);
                Assert.InRange(launches - (50 * most), 1, 25);
            }
        }
    }

    /// <summary>A layer within a repeated module: a loop over time in a loop over modules, whose weights are stacked.</summary>
    [Fact]
    public void ALoopOverTimeMayStandInALoopOverModules()
    {
        using Model model = CompiledModels.Compile("""
            [Module] public sealed partial class Block
            {
                [Gru(3)] private partial Tensor Read(Tensor x);
                [Dropout(0.25)] private partial Tensor Drop(Tensor x);
                [Forward] public Tensor Forward([Shape("batch", "time", 3)] Tensor x) => x + Drop(Read(x));
            }

            [Model] public sealed partial class Net
            {
                [Repeat(3)] private partial Block[] Blocks { get; }
                [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x) { foreach (var block in Blocks) x = block.Forward(x); return x; }
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time", 3)] Tensor y) => Mse(predict, y);
            }
            """).Create("Net", seed: 5);
        Trial trial = new(model, "Loss", [2, 4]);
        trial.SameForward("Predict");
        trial.SameLoss();
        (double error, string parameter) = trial.WorstGradient();
        Assert.True(error < 2e-3, $"{parameter}: {error}");
    }

    /// <summary>States and a mask: a sequence in two parts gives what it gives in one, and steps that are not there change nothing.</summary>
    [Theory]
    [InlineData("Lstm(4)", "Tensor hidden, Tensor cell", "(Tensor Output, Tensor Hidden, Tensor Cell)", "var (a, h, c) = Read(x[.., ..2], 0 * start, start, mask[.., ..2]); var (b, g, d) = Read(x[.., 2..], h, c, mask[.., 2..]); return Concat(1, a, b, Unsqueeze(g * d, 1));")]
    [InlineData("Gru(4)", "Tensor hidden", "(Tensor Output, Tensor Hidden)", "var (a, h) = Read(x[.., ..2], start, mask[.., ..2]); var rest = Read(x[.., 2..], h, mask[.., 2..]); return Concat(1, a, rest.Output, Unsqueeze(rest.Hidden, 1));")]
    [InlineData("Rnn(4)", "Tensor hidden", "(Tensor Output, Tensor Hidden)", "var (a, h) = Read(x[.., ..2], start, mask[.., ..2]); return Concat(1, a, Read(x[.., 2..], h, mask[.., 2..]).Output);")]
    public void StatesLeadFromOnePartToTheNext(string layer, string states, string gives, string body)
    {
        CompiledModels compiled = CompiledModels.Compile($$"""
            [Model] public sealed partial class Net
            {
                [{{layer}}] private partial {{gives}} Read(Tensor x, {{states}}, Tensor mask);
                [Parameter(4)] private partial Tensor Start { get; }
                [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x)
                {
                    var start = Mean(x[.., .., ..1], 1) * Start;
                    var mask = Greater(x[.., .., 0], -0.3);
                    {{body}}
                }
                [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor y) => Mean(predict * predict) + 0.1 * Sum(Tanh(predict)) * Mean(y);
            }
            """);
        foreach (int[] sizes in new int[][] { [3, 5], [1, 3] })
        {
            using Model model = compiled.Create("Net", seed: 5);
            Trial trial = new(model, "Loss", sizes);
            trial.SameForward("Predict");
            trial.SameLoss();
            (double error, string parameter) = trial.WorstGradient();
            Assert.True(error < 2e-3, $"{parameter}: {error} at [{string.Join(", ", sizes)}]");
        }
    }

    private static string Source(string layer, string body) => $$"""
        [Model] public sealed partial class Net
        {
            [{{layer}}] private partial Tensor Read(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 3)] Tensor x) => {{body}};
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor y) => Mean(predict * predict) + 0.1 * Sum(Tanh(predict)) * Mean(y);
        }
        """;
}
