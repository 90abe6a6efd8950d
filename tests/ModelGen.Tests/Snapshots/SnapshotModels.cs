using Xunit;

namespace ModelGen.Tests.Snapshots;

/// <summary>Six small models whose generated code is reviewed like prose. Their namespace ends in <c>System</c>, so that a name without <c>global::</c> would not bind.</summary>
public static class SnapshotModels
{
    public static TheoryData<string, string> All => new()
    {
        { nameof(Stack), Stack },
        { nameof(Residual), Residual },
        { nameof(Several), Several },
        { nameof(Sequence), Sequence },
        { nameof(Binary), Binary },
        { nameof(Carried), Carried },
        { nameof(Recurrence), Recurrence },
    };

    /// <summary>The README's stack.</summary>
    public const string Stack = """
        using ModelGen;

        namespace X.System;

        /// <summary>Recognises digits.</summary>
        [Model, Input("batch", 784)]
        [Dense(128), Relu, Dropout(0.1), Dense(10)]
        [SoftmaxCrossEntropy]
        public sealed partial class DigitStack;
        """;

    /// <summary>Repeated modules with a residual.</summary>
    public const string Residual = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Widens, and adds what it finds to its input.</summary>
        [Module]
        public sealed partial class Block
        {
            [LayerNorm] private partial Tensor Norm(Tensor x);
            [Dense("4*width")] private partial Tensor Widen(Tensor x);
            [Dense("width")] private partial Tensor Contract(Tensor x);

            /// <summary>One block.</summary>
            [Forward]
            public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Contract(Gelu(Widen(Norm(x))));
        }

        /// <summary>Three blocks in a row.</summary>
        [Model]
        public sealed partial class Tower
        {
            [Dense(16)] private partial Tensor Embed(Tensor x);
            [Repeat(3)] private partial Block[] Blocks { get; }
            [Dense(3)] private partial Tensor Head(Tensor x);

            [Forward]
            private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                var hidden = Embed(x);
                foreach (var block in Blocks) hidden = block.Forward(hidden);
                return Head(hidden);
            }

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
        }
        """;

    /// <summary>A recurrent layer, whose step is one kernel.</summary>
    public const string Recurrence = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Listens to a sequence, and judges what it heard.</summary>
        [Model]
        public sealed partial class Listener
        {
            [Lstm(20)] private partial (Tensor Output, Tensor Hidden, Tensor Cell) Hear(Tensor x);
            [Dense(2)] private partial Tensor Judge(Tensor h);

            [Forward]
            private Tensor Predict([Shape("batch", "time", 4)] Tensor x) => Judge(Hear(x).Hidden);

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
        }
        """;

    /// <summary>Several methods of each kind.</summary>
    public const string Several = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Compresses, and judges what it made of it.</summary>
        [Model]
        public sealed partial class Compressor
        {
            [Dense(4)] private partial Tensor Encoder(Tensor x);
            [Dense(8)] private partial Tensor Decoder(Tensor code);
            [Dense(1)] private partial Tensor Critic(Tensor x);

            [Forward]
            private (Tensor code, Tensor restored) Compress([Shape("batch", 8)] Tensor x)
            {
                var code = Tanh(Encoder(x));
                return (code, Decoder(code));
            }

            [Forward]
            private Tensor Judge([Shape("batch", 8)] Tensor x) => Critic(x);

            [Loss]
            private Tensor Restore([Shape("batch", 8)] Tensor x)
            {
                var (code, restored) = Compress(x);
                return Mse(restored, x) + 0.01 * Mean(code * code);
            }

            [Loss(Trains = "Critic")]
            private Tensor Distinguish([Shape("batch", 8)] Tensor x, [Shape("batch", 1)] Tensor real) => BinaryCrossEntropy(Critic(x), real);

            [Metric]
            private Tensor Largest([Shape("batch", 8)] Tensor x)
            {
                var (_, restored) = Compress(x);
                return Max(restored - x);
            }
        }
        """;

    /// <summary>A sequence with two open dimensions.</summary>
    public const string Sequence = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Attends from every step to every step.</summary>
        [Model]
        public sealed partial class Attention
        {
            [Dense(24)] private partial Tensor Project(Tensor x);
            [Dense(3)] private partial Tensor Label(Tensor x);

            [Forward]
            private Tensor Predict([Shape("batch", "time", 8)] Tensor x)
            {
                var projected = Project(x);
                var query = projected[.., .., 0..8];
                var key = projected[.., .., 8..16];
                var value = projected[.., .., 16..24];
                var weights = Softmax(MatMul(query, Permute(key, 0, 2, 1)) * 0.35);
                return Label(Concat(2, MatMul(weights, value), x));
            }

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> labels) => SoftmaxCrossEntropy(predict, labels);
        }
        """;

    /// <summary>Values that are carried from call to call.</summary>
    public const string Carried = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Follows a signal, and tells what is new in it.</summary>
        [Model]
        public sealed partial class Follower
        {
            [Dense(4)] private partial Tensor Mix(Tensor x);

            [State("batch", 4)] private partial Tensor Level { get; set; }
            [State("batch", 4)] private partial Tensor Before { get; set; }

            [Forward]
            private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                Tensor change = x - Before;
                (Level, Before) = (0.9 * Level + 0.1 * Tanh(Mix(x)), x);
                return change - Level;
            }

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch", 4)] Tensor target) => Mse(predict, target);
        }
        """;

    /// <summary>A classifier of parameters, without layers.</summary>
    public const string Binary = """
        using ModelGen;
        using static ModelGen.Functional;

        namespace X.System;

        /// <summary>Decides by distances to prototypes.</summary>
        [Model]
        public sealed partial class Prototypes
        {
            private const int Count = 4;

            [Parameter(Count, 6, Init = Init.Normal, InitScale = 0.5)] private partial Tensor Centres { get; }
            [Parameter(Count, Init = Init.Zeros)] private partial Tensor Votes { get; }
            [Parameter(1, Init = Init.Ones)] private partial Tensor Sharpness { get; }

            [Forward]
            private Tensor Predict([Shape("batch", 6)] Tensor x)
            {
                if (Training) x = x * 0.9;
                var near = Exp(-Distances(x) * Sharpness);
                return Sum(near * Votes, 1);
            }

            [Loss]
            private Tensor Loss(Tensor predict, [Shape("batch")] Tensor answer) => BinaryCrossEntropy(predict, answer);

            private Tensor Distances(Tensor x)
            {
                var difference = Reshape(x, -1, 1, 6) - Centres;
                return Sum(difference * difference, 2);
            }
        }
        """;
}
