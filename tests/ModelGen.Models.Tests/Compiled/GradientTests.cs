using System.Collections.Generic;
using System.Linq;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Small models in the full form: compiled values are the eager ones, compiled gradients are finite differences of the eager loss in double.</summary>
[OnEveryDevice]
public sealed class GradientTests
{
    /// <summary>What the class holds, by what is special about it. <c>Loss</c> and every forward method are checked.</summary>
    private static readonly Dictionary<string, string> Models = new()
    {
        ["residual blocks by hand, LayerNorm, Gelu"] = """
            [Dense(6)] private partial Tensor In(Tensor x);
            [LayerNorm] private partial Tensor Norm1(Tensor x);
            [Dense(12, Activation = Activation.Gelu)] private partial Tensor Widen(Tensor x);
            [Dense(6)] private partial Tensor Contract(Tensor x);
            [LayerNorm(Epsilon = 1e-3)] private partial Tensor Norm2(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                var h = In(x);
                h += Contract(Widen(Norm1(h)));
                return Norm2(h + 0.5 * h);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> target) => SoftmaxCrossEntropy(predict, target);
            """,
        ["attention by hand: Softmax inside, MatMul 3-D, Permute, open time"] = """
            private const int Width = 4;
            [Dense(Width, Bias = false)] private partial Tensor Query(Tensor x);
            [Dense(Width)] private partial Tensor Key(Tensor x);
            [Dense(Width)] private partial Tensor Value(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
            {
                Tensor scores = MatMul(Query(x), Permute(Key(x), 0, 2, 1)) / Sqrt(Width);
                return MatMul(Softmax(scores), Value(x));
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 4)] Tensor wanted) => Mse(predict, wanted);
            """,
        ["heads: Reshape with -1, Permute 4-D, open time"] = """
            [Dense(8)] private partial Tensor Mix(Tensor x);
            [Dense(8)] private partial Tensor Key(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 3, 8)] Tensor x)
            {
                Tensor q = Heads(Mix(x)), k = Heads(Key(x));
                Tensor weights = Softmax(MatMul(q, Permute(k, 0, 1, 3, 2)) * 0.5);
                return Reshape(Permute(MatMul(weights, q), 0, 2, 1, 3), -1, 3, 8);
            }
            private static Tensor Heads(Tensor x) => Permute(Reshape(x, -1, 3, 2, 4), 0, 2, 1, 3);
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3, 8)] Tensor y) => Mean((predict - y) * (predict - y));
            """,
        ["parameters, broadcasting both ways, constants"] = """
            [Parameter(5, Init = Init.Uniform)] private partial Tensor Shift { get; }
            [Parameter(3, 1, Init = Init.Uniform)] private partial Tensor Scale { get; }
            [Parameter(Init = Init.Ones)] private partial Tensor Level { get; }
            private const double Tenth = 0.1;
            [Forward] private Tensor Predict([Shape("batch", 3, 5)] Tensor x) => Tenth * x * Scale + Shift / (2 + Exp(Level)) - 1;
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 1, 5)] Tensor y) => Sum(Tanh(predict * y)) / 7;
            """,
        ["tuples, slices, Concat"] = """
            [Dense(6)] private partial Tensor Both(Tensor x);
            [Dense(2)] private partial Tensor Last(Tensor x);
            private static (Tensor Left, Tensor Right) Halves(Tensor x) => (x[.., ..3], x[.., 3..]);
            [Forward] private Tensor Predict([Shape("batch", 5)] Tensor x)
            {
                var (left, right) = Halves(Both(x));
                var (a, b) = (Sigmoid(left), Tanh(right));
                (a, b) = (b, a * b);
                return Last(Concat(1, a, b[.., ^1..], x[.., 1..4], Slice(x, 1, 0, 1)));
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 2)] Tensor y) => BinaryCrossEntropy(predict, Sigmoid(y));
            """,
        ["several forwards and losses, helper methods, a loss that calls forward"] = """
            [Dense(5, Activation = Activation.Tanh)] private partial Tensor Encoder(Tensor x);
            [Dense(4)] private partial Tensor Decoder(Tensor x);
            [Forward] private Tensor Encode([Shape("batch", 4)] Tensor x) => Encoder(x);
            [Forward] private Tensor Decode([Shape("batch", 5)] Tensor code) => Decoder(code);
            [Forward] private Tensor Rebuild([Shape("batch", 4)] Tensor x) => Decode(Encode(x));
            [Loss] private Tensor Loss([Shape("batch", 4)] Tensor x) => Mse(Rebuild(x), x) + Penalty(Encode(x), 0.01);
            [Loss] private static Tensor Second(Tensor rebuild, [Shape("batch", 4)] Tensor x) => Mean(SquareOf(rebuild - x)) + 0.1 * Mean(SquareOf(rebuild));
            private static Tensor Penalty(Tensor code, double weight) => weight * Sum(SquareOf(code));
            private static Tensor SquareOf(Tensor x) => x * x;
            [Metric] private static Tensor Distance(Tensor rebuild, [Shape("batch", 4)] Tensor x) => Mean(Maximum(rebuild - x, x - rebuild));
            """,
        ["Training as a condition"] = """
            [Dense(6)] private partial Tensor Fc(Tensor x);
            [Dropout(0.3)] private partial Tensor Drop(Tensor x);
            [Dense(3)] private partial Tensor Out(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                x = Relu(Fc(x) + 0.05);
                if (Training) { x = Drop(x) * 2; } else { x = x * 2; }
                return Out(Training ? x : x + 0);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> label) => SoftmaxCrossEntropy(predict, label);
            """,
        ["weights used twice"] = """
            [Dense(4, Activation = Activation.Sigmoid)] private partial Tensor Fc(Tensor x);
            [LayerNorm] private partial Tensor Norm(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Norm(Fc(Norm(Fc(Fc(x)))));
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 4)] Tensor y) => Mse(predict, y);
            """,
        ["reductions on all sides"] = """
            [Dense(5)] private partial Tensor Fc(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
            {
                Tensor h = Fc(x);
                Tensor centred = h - Mean(h, 1, keepDims: true);
                return Sum(centred * centred, [1, 2]) + Max(h, [1, 2]) + Mean(LogSoftmax(h, 1), [1, 2]);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch")] Tensor y) => Mean(Sqrt(1 + (predict - y) * (predict - y)));
            """,
        ["Where, comparisons, Log, Neg"] = """
            [Dense(5)] private partial Tensor Fc(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                Tensor h = Fc(x);
                return Where(Greater(h, 0.2), Log(1 + h * h), -Exp(-h)) * LessEqual(h, 0.7);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 5)] Tensor y) => Mean(predict * y) + 3 * Mean(Gelu(predict, Approximate.Tanh));
            """,
        ["shape words over open time"] = """
            [Dense(6)] private partial Tensor Fc(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
            {
                Tensor h = Fc(x);
                var (left, right) = Split(h, 3, -1);
                Tensor both = Stack(1, Flip(left, 1), right * Flip(right, 0, 2));
                Tensor flat = Flatten(Transpose(both, 1, 2), 2);
                Tensor longer = Pad(Pad(flat, [1, 0, 1, 1], PadMode.Replicate), [0, 0, 1, 2], PadMode.Circular);
                Tensor mirrored = Pad(h, [2, 2, 2, 1], PadMode.Reflect)[.., 1..^2, 2..8];
                Tensor masked = Tril(MatMul(flat, Transpose(flat, -1, -2)), 1) - Triu(MatMul(mirrored, Transpose(flat, 1, 2)));
                return Tile(longer[.., 2..^3], 1, 1, 2) * Expand(Unsqueeze(Mean(masked, 2), -1), -1, -1, 14) + Pad(h, [9, -1], value: 0.5f);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 14)] Tensor y) => Mse(Tanh(predict), y);
            """,
        ["parts in an unrolled loop"] = """
            [Dense(6)] private partial Tensor Fc(Tensor x);
            [Dense(2)] private partial Tensor Next(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x)
            {
                Tensor[] parts = Split(Fc(x), 2, axis: 1);
                Tensor state = parts[2];
                for (int i = 0; i < 3; i++) state = Tanh(Next(state) + parts[i]);
                Tensor[] pair = [state, parts[1]];
                return Concat(1, pair[0], Concat(1, Split(Fc(x), [1, 3, 2], 1)), pair[1]);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 10)] Tensor y) => Mse(predict, y);
            """,
        ["attention by letters, open time"] = """
            [Dense(6)] private partial Tensor Query(Tensor x);
            [Dense(6)] private partial Tensor Key(Tensor x);
            private static Tensor Heads(Tensor x) => Reshape(x, x.Shape[0], x.Shape[1], 2, 3);
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
            {
                Tensor q = Heads(Query(x)), k = Heads(Key(x));
                Tensor weights = Softmax(Einsum("bthd,bshd->bhts", q, k));
                return Flatten(Einsum("bhts,bshd->bthd", weights, k), 2) + Unsqueeze(Einsum("bhtt->bt", weights), -1) * Unsqueeze(Einsum("...hd,...hd,...h->...", q, k, q[.., .., .., 0]), -1);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 6)] Tensor y) => Mse(predict, y);
            """,
        ["lookups: rows of a table, elements along axes, in a loop"] = """
            [Parameter(3, 5, Init = Init.Uniform)] private partial Tensor Table { get; }
            [Dense(5)] private partial Tensor Fc(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 5)] Tensor x, [Shape("batch", "time", 2)] Tensor<int> ids)
            {
                Tensor h = Fc(x) + Sum(Gather(x * Fc(x), 1, ids), -1, keepDims: true);
                Tensor state = IndexSelect(Table, 0, ids[.., 0, 1]);
                for (int i = 0; i < 3; i++) state = Tanh(state + IndexSelect(Table, 0, ids[.., ^1, 0]) * h[.., 1]);
                return Scatter(h, 2, ids, x) + Unsqueeze(state, 1) + Sum(Gather(h, -1, ids), -1, keepDims: true) * OneHot(ids[.., .., 0], 5);
            }
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 5)] Tensor y) => Mse(predict, y);
            """,
        ["a Dense in the middle of time, bias and residual, times a scalar of the data"] = """
            [Dense(4)] private partial Tensor One(Tensor x);
            [Dense(4, Activation = Activation.Relu)] private partial Tensor Two(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x, [Shape("batch", 1, 1)] Tensor gate) => x + gate * Two(x + One(x)) * 2 - One(x);
            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "time", 4)] Tensor y) => Mse(predict, y) + 1e-2 * Sum(predict[.., 0]);
            """,
    };

    public static TheoryData<string> Names() => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void CompiledIsEager(string name)
    {
        CompiledModels compiled = CompiledModels.Compile($"[Model] public sealed partial class Net\n{{\n{Models[name]}\n}}");
        foreach (int count in new[] { 1, 3 })
        {
            using Model model = compiled.Create("Net", seed: 5);
            foreach (string loss in model.Description.Entries.Where(entry => entry.Kind == Entries.EntryKind.Loss).Select(entry => entry.Name))
            {
                int dimensions = model.Description.Entries.Single(entry => entry.Name == loss).Dimensions.Length;
                Trial trial = new(model, loss, dimensions == 1 ? [count] : [count, count + 2]);
                trial.SameLoss();
                (double error, string parameter) = trial.WorstGradient();
                Assert.True(error < 2e-5, $"{loss}: d{parameter} is off by {error}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ForwardIsEager(string name)
    {
        using Model model = CompiledModels.Compile($"[Model] public sealed partial class Net\n{{\n{Models[name]}\n}}").Create("Net", seed: 6);
        Entries.Entry loss = model.Description.Entries.First(entry => entry.Kind == Entries.EntryKind.Loss);
        Trial trial = new(model, loss.Name, loss.Dimensions.Length == 1 ? [7] : [4, 6]);
        HashSet<string> known = [.. loss.Inputs.Select(input => input.Name)];
        foreach (Entries.Entry entry in model.Description.Entries.Where(entry => entry.Kind == Entries.EntryKind.Forward && entry.Inputs.All(input => known.Contains(input.Name))))
        {
            trial.SameForward(entry.Name);
        }
    }

    /// <summary>Finite differences do not see <c>StopGradient</c>: with one factor of h² held still, half of the gradient is left.</summary>
    [Fact]
    public void StopGradientStops()
    {
        using Model model = CompiledModels.Compile("""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Loss] private Tensor Whole([Shape("batch", 4)] Tensor x) { var h = Fc(x); return Mean(h * h); }
                [Loss] private Tensor Half([Shape("batch", 4)] Tensor x) { var h = Fc(x); return Mean(StopGradient(h) * h); }
                [Loss] private Tensor None([Shape("batch", 4)] Tensor x) { var h = Fc(x); return Mean(StopGradient(h * h)) + 0 * Sum(h); }
            }
            """).Create("Net", seed: 3);
        float[] whole = Gradient("Whole"), half = Gradient("Half"), none = Gradient("None");
        Assert.All(whole.Zip(half), pair => Assert.Equal(pair.First, 2 * pair.Second, 1e-6f));
        Assert.Contains(whole, value => value != 0);
        Assert.All(none, value => Assert.Equal(0f, value));

        float[] Gradient(string loss)
        {
            new Trial(model, loss, [5]).SameLoss();
            return model.Parameters["Fc.weight"].Gradient.ToArray();
        }
    }
}
