using System.Collections.Generic;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Surface;

/// <summary>The public part binds with the user's class under any settings, and says what it should.</summary>
public class SurfaceTests
{
    private const string Full = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>A part.</summary>
        [Module]
        public sealed partial class Block
        {
            [LayerNorm(Epsilon = 1e-6)] private partial Tensor Norm(Tensor x);
            [Dense("4*width", Activation = Activation.Gelu)] private partial Tensor Widen(Tensor x);
            [Dense("width")] private partial Tensor Contract(Tensor x);

            /// <summary>Forward.</summary>
            [Forward]
            public Tensor Forward([Shape("batch", "time", "width")] Tensor x) => x + Contract(Widen(Norm(x)));
        }

        /// <summary>Around a model.</summary>
        public static partial class Outer
        {
            /// <summary>A model.</summary>
            [Model]
            internal sealed partial class Net
            {
                private const string description = "taken";
                private int eagerScope;
                [Dense(16)] private partial Tensor Fc1(Tensor @in);
                [Dropout(0.25)] private partial Tensor Drop(Tensor x);
                [Softmax(Axis = 1)] private partial Tensor Weigh(Tensor x);
                [Parameter(16, Init = Init.Zeros)] private partial Tensor Scale { get; }
                private partial Block First { get; }
                [Repeat(3)] private partial Block[] Blocks { get; }

                [Forward]
                private (Tensor mean, Tensor spread) Predict([Shape("batch", "2*time+1", 8)] Tensor x, [Shape("batch", "time")] Tensor<int> words, [Shape] Tensor level)
                {
                    x = Weigh(Drop(Fc1(x))) * Scale * description.Length;
                    foreach (var block in Blocks) x = block.Forward(x);
                    return (First.Forward(x), x * eagerScope.CompareTo(1));
                }

                [Forward]
                private static Tensor Double([Shape("batch", 4)] Tensor batch) => 2 * batch;

                [Loss(Trains = "First")]
                private Tensor Narrow([Shape("batch", "time", 8)] Tensor x, [Shape("batch", "time", 8)] Tensor target) => Mse(First.Forward(x), target);

                [Loss]
                private Tensor Wide(Tensor @double, [Shape("batch", 4)] Tensor target) => Mse(@double, target);

                [Metric]
                private Tensor Bias(Tensor @double, [Shape("batch", 4)] Tensor target) => Mean(@double - target);

                /// <summary>Uses the surface.</summary>
                public static void Use()
                {
                    using var net = new Net(Device.CpuWith(1), seed: 3);
                    using var other = new Net(42);
                    (float[,,] mean, float[,] spread) = net.Predict(new float[2, 7, 8], new int[2, 3], 1f);
                    net.Predict(new float[112], new int[6], stackalloc float[1], 2, 3, new float[112], new float[112]);
                    float[,] twice = net.Double(new float[2, 4]);
                    net.Double(stackalloc float[4], batchSize: 1, stackalloc float[4]);
                    Dataset data = NarrowData(new float[48], new float[48], time: 3);
                    net.Fit(WideData(new float[8], new float[8]), new FitOptions { Optimizer = new Adam(1e-3f) });
                    Tensor eager = net.Eager.Wide(net.Eager.Double(Tensor.From(new float[4], [1, 4])), Tensor.From(new float[4], [1, 4]));
                    Tensor training = new EagerMethods(net, new EagerMode { Training = true }).Double(eager);
                    _ = (mean, spread, twice, data, training, Entries.Predict, Entries.Narrow);
                }
            }
        }
        """;

    private static readonly Dictionary<string, string> Outputs = new()
    {
        ["Predict.mean"] = "batch, 2*time+1, 16",
        ["Predict.spread"] = "batch, time",
        ["Double.output"] = "batch, 4",
    };

    [Fact]
    public void TheFullFormBindsUnderStrictSettings()
    {
        // These two lines of the model would not compile to kernels; they are there because the surface must not mind the members.
        string source = Full.Replace(" * description.Length", "").Replace(" * eagerScope.CompareTo(1)", "").Replace("private int eagerScope;", "private int eagerScope = description.Length;");
        source = source.Replace("_ = (mean,", "_ = (net.eagerScope, mean,");
        Assert.Empty(Surfaces.Problems(source, Outputs));
    }

    [Fact]
    public void StatesBindUnderStrictSettings()
    {
        const string Source = """
            using ModelGen;
            using static ModelGen.Functional;

            namespace X.System;

            /// <summary>A model with states.</summary>
            [Model]
            public sealed partial class Net
            {
                [State("batch", 4)] private partial Tensor Level { get; set; }
                [State("batch", "2*state")] internal partial Tensor Values { get; private set; }
                [State] internal partial Tensor @event { get; set; }

                [Forward]
                private (Tensor, Tensor) Predict([Shape("batch", 4)] Tensor x, [Shape("batch", "state")] Tensor state, [Shape] Tensor call)
                {
                    (Level, @event) = (Level + x, @event + call);
                    Values = Concat(1, state, state);
                    return (Level, Values);
                }

                [Forward] private Tensor Ask([Shape("batch", 4)] Tensor x) => x - Level;

                [Forward] private Tensor AskWithState([Shape("batch", 4)] Tensor x) => x;

                [Loss] private Tensor Loss(Tensor ask, [Shape("batch", 4)] Tensor target) => Mse(ask, target - Level);

                /// <summary>Uses the surface.</summary>
                public static void Use()
                {
                    using Net net = new(42);
                    State first = net.NewState(batch: 2, state: 3), second = first.Clone();
                    net.Predict(first, new float[8], new float[6], [1f], batch: 2, stateSize: 3, new float[8], new float[12]);
                    (float[,] level, float[,] values) = net.Predict(first, new float[2, 4], new float[2, 3], 1f);
                    float[,] asked = net.Ask(second, new float[2, 4]), again = net.Ask(new float[2, 4]), plain = net.AskWithState(new float[2, 4]);
                    first.Level.CopyTo(second.Level);
                    first.Values[0] = first.@event[0];
                    second.Reset();
                    Tensor x = Tensor.From(new float[2, 4]);
                    (Tensor eager, _) = net.Eager.Predict(first, x, Tensor.From(new float[2, 3]), Tensor.From(1f));
                    _ = (level, values, asked, again, plain, eager, net.Eager.Loss(net.Eager.Ask(x), x), net.Eager.Ask(second, x));
                }
            }
            """;
        Assert.Empty(Surfaces.Problems(Source, new Dictionary<string, string>
        {
            ["Predict.output1"] = "batch, 4",
            ["Predict.output2"] = "batch, 2*state",
            ["Ask.output"] = "batch, 4",
            ["AskWithState.output"] = "batch, 4",
        }));
    }

    [Fact]
    public void TheStackBindsUnderStrictSettings()
    {
        const string Source = """
            using ModelGen;

            /// <summary>A stack in the global namespace.</summary>
            [Model, Input("batch", 784)]
            [Dense(128), Relu, Dropout(0.1), Dense(10, Bias = false)]
            [SoftmaxCrossEntropy]
            public sealed partial class DigitStack;

            /// <summary>Uses it.</summary>
            public static class User
            {
                /// <summary>Uses it.</summary>
                public static float[,] Use()
                {
                    using DigitStack model = new(Device.Cpu, seed: 42);
                    model.Fit(DigitStack.Data(new float[784], new int[1]), new FitOptions { Optimizer = new Adam(1e-3f) });
                    model.Predict(new float[784], batch: 1, new float[10]);
                    Tensor scores = model.Eager.Predict(Tensor.From(new float[784], [1, 784]));
                    model.Eager.Loss(scores, Tensor.From(new int[1], [1]));
                    return model.Predict(new float[1, 784]);
                }
            }
            """;
        Assert.Empty(Surfaces.Problems(Source, new Dictionary<string, string> { ["Predict.output"] = "batch, 10", ["Loss.target"] = "batch" }));
    }

    [Fact]
    public void TheTextIsDeterministicAndReadable()
    {
        const string Source = """
            using ModelGen;
            namespace Demo;
            [Model, Input("batch", 4)] [Dense(2, Activation = Activation.Tanh)] [Mse] public sealed partial class Tiny;
            """;
        string text = Surfaces.Of(Source, new Dictionary<string, string> { ["Predict.output"] = "batch, 2" })[0];
        Assert.DoesNotContain('\r', text);
        Assert.StartsWith("// <auto-generated/>\n// Tiny: what your code calls\n#nullable enable\n\nnamespace Demo;\n\npublic sealed partial class Tiny : global::ModelGen.Model\n{\n", text);
        Assert.Contains("public void Predict(global::System.ReadOnlySpan<float> input, int batch, global::System.Span<float> output)", text);
        Assert.Contains("global::ModelGen.EagerLayers.Dense(eagerScope.Child(\"Dense1\"), x, activation: global::ModelGen.Activation.Tanh)", text);
    }
}
