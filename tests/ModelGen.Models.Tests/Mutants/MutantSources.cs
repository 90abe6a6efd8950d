using System.Globalization;
using ModelGen.Models.Tests.Compiled;

namespace ModelGen.Models.Tests.Mutants;

/// <summary>What is mutated: classes as users write them, of every style, and random ones.</summary>
internal static class MutantSources
{
    private static readonly string[] Written =
    [
        """
        [Model, Input("batch", 6)]
        [Dense(5), Relu, LayerNorm, Dropout(0.1), Dense(3)]
        [SoftmaxCrossEntropy]
        public sealed partial class Net;
        """,
        """
        [Module] public sealed partial class Block
        {
            [LayerNorm] private partial Tensor Norm(Tensor x);
            [Dense("2*width")] private partial Tensor Expand(Tensor x);
            [Dense("width")] private partial Tensor Contract(Tensor x);
            [Forward] public Tensor Forward([Shape("batch", "width")] Tensor x) => x + Contract(Gelu(Expand(Norm(x))));
        }
        [Model] public sealed partial class Net
        {
            [Dense(4)] private partial Tensor Embed(Tensor x);
            [Repeat(3)] private partial Block[] Blocks { get; }
            [Dense(3)] private partial Tensor Head(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 6)] Tensor x)
            {
                var hidden = Embed(x);
                foreach (var block in Blocks) hidden = block.Forward(hidden);
                return Head(hidden);
            }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            private const int Width = 4;
            [Dense(3 * Width)] private partial Tensor Project(Tensor x);
            [Parameter(Width, Init = Init.Ones)] private partial Tensor Scale { get; }
            [Forward] private Tensor Predict([Shape("batch", "time", 5)] Tensor x)
            {
                var projected = Project(x);
                var query = projected[.., .., 0..4];
                var key = projected[.., .., 4..8];
                var value = Slice(projected, 2, 8, 4);
                var weights = Softmax(MatMul(query, Permute(key, 0, 2, 1)) * 0.5);
                return MatMul(weights, value) * Scale;
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 4)] Tensor y) => Mse(predict, y);
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            [Dense(4)] private partial Tensor Encoder(Tensor x);
            [Dense(6)] private partial Tensor Decoder(Tensor code);
            [Dropout(0.25)] private partial Tensor Noise(Tensor x);
            [Forward] private (Tensor code, Tensor restored) Compress([Shape("batch", 6)] Tensor x)
            {
                var code = Tanh(Encoder(Noise(x)));
                return (code, Decoder(code));
            }
            [Loss] private Tensor Loss([Shape("batch", 6)] Tensor x)
            {
                var (code, restored) = Compress(x);
                return Mse(restored, x) + 0.01 * Mean(code * code);
            }
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            [Dense(5)] private partial Tensor Hop(Tensor x);
            [Dense(3)] private partial Tensor Head(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 5)] Tensor x)
            {
                var first = x;
                var sum = x * 0;
                for (int i = 0; i < 3; i++)
                {
                    x = Tanh(Hop(x)) * first;
                    if (i == 1) x = Relu(x);
                    sum = sum + x * (i + 1);
                }
                return Head(sum);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor y) => BinaryCrossEntropy(predict, y);
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            [Embedding(9, 4)] private partial Tensor Embed(Tensor<int> words);
            [Position(16)] private partial Tensor Place(Tensor x);
            [Lstm(3, Layers = 2, Bidirectional = true)] private partial Tensor Read(Tensor x);
            [Gru(5)] private partial (Tensor Output, Tensor Hidden) Follow(Tensor x, Tensor hidden, Tensor mask);
            [Rnn(5, Activation = Activation.Relu)] private partial Tensor Echo(Tensor x);
            [Dense(9)] private partial Tensor Next(Tensor h);
            [Forward] private Tensor Predict([Shape("batch", "time")] Tensor<int> words)
            {
                var x = Read(Place(Embed(words)));
                var mask = NotEqual(CumSum(x[.., .., 0], 1), 0);
                var (output, last) = Follow(x, Tanh(Mean(x, 1))[.., ..5], mask);
                return Next(output + Echo(output) * Unsqueeze(last, 1));
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time")] Tensor<int> following) => SoftmaxCrossEntropy(predict, following);
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            [Gru(3)] private partial (Tensor Output, Tensor Hidden) Read(Tensor x, Tensor hidden);
            [Dense(4)] private partial Tensor Next(Tensor h);
            [State("batch", 3)] private partial Tensor Hidden { get; set; }
            [State("batch")] private partial Tensor Seen { get; set; }
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
            {
                (Tensor read, Hidden) = Read(x, Hidden);
                for (int i = 1; i < 3; i++) Seen = Count(read) * i;
                return Next(read) + Reshape(Seen, -1, 1, 1);
            }
            [Forward] private Tensor Ask([Shape("batch", 4)] Tensor x)
            {
                Seen += Mean(x, 1);
                return Next(Hidden) - x;
            }
            private Tensor Count(Tensor read)
            {
                Seen = 0.5 * Seen + Mean(read[.., ^1], 1);
                return Seen;
            }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", "time", 4)] Tensor y) => Mse(predict, y) + Mean(Count(y));
        }
        """,
        """
        [Model] public sealed partial class Net
        {
            [Dense(4)] private partial Tensor Cell(Tensor h);
            [Dense(4)] private partial Tensor Enter(Tensor x);
            [Dense(3)] private partial Tensor Head(Tensor h);
            [Recurrent] private ((Tensor Hidden, Tensor Cell) State, Tensor Output) Next((Tensor Hidden, Tensor Cell) before, Tensor x)
            {
                var cell = Sigmoid(Cell(before.Hidden)) * before.Cell + x;
                var hidden = Tanh(cell);
                return ((hidden, cell), hidden);
            }
            [Forward] private Tensor Predict([Shape("batch", "time", 5)] Tensor x)
            {
                var start = Mean(Enter(x), 1);
                Tensor Halve(Tensor h, Tensor e) => 0.5 * h + e;
                var ((hidden, _), steps) = Scan((start, 0 * start), Enter(x), Next, reverse: true);
                var smooth = Scan(hidden, steps, Halve);
                return Head(smooth * Scan(start, 3, h => Softmax(Cell(h)))[.., 2..]);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 3)] Tensor y) => Mse(predict, y);
        }
        """,
    ];

    /// <summary>The source number so many; every other one is written at random.</summary>
    public static string Of(int number) => number % 2 == 0
        ? Written[number / 2 % Written.Length]
        : RandomModel.Source("Net" + number.ToString(CultureInfo.InvariantCulture), number, statements: 3 + (number % 5));
}
