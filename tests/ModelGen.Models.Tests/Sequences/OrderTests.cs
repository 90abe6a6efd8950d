using ModelGen.Models.Tests.Compiled;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Sequences;

/// <summary>
/// What a method does happens in the order that C# gives it: arguments from left to right as the call has them, operands and parts of tuples likewise, targets last.
/// States show it, which a helper assigns while another argument reads them, and so do random numbers, which are drawn one after another.
/// </summary>
[OnEveryDevice]
public sealed class OrderTests
{
    private const string Pair = "private partial Twice Both { get; }", Read = "[Gru(4)] private partial Tensor Read(Tensor x, Tensor mask, Tensor hidden);";

    public static TheoryData<string, string, string> Bodies() => new()
    {
        { "a helper", string.Empty, "r = Minus(b: Advance(z), a: Level);" },
        { "a helper as declared", string.Empty, "r = Minus(Advance(z), Level);" },
        { "both arguments of a helper", string.Empty, "r = Minus(b: Advance(z), a: Advance(2 * z));" },
        { "a helper with a number", "private Tensor Scaled(Tensor a, Tensor b, double by = 2) => Level - a * by * b;", "r = Scaled(by: 3, b: Advance(z), a: Level) + Scaled(b: Advance(z), a: Level);" },
        { "a call in a call", string.Empty, "r = Minus(b: Minus(b: Advance(z), a: Level), a: Minus(Level, Advance(z)));" },
        { "a word", string.Empty, "r = Minimum(b: Advance(z), a: Level);" },
        { "a word of three tensors", string.Empty, "r = Where(b: Advance(z), condition: Greater(Level, 0.1), a: Level);" },
        { "a word of many tensors", string.Empty, "r = Concat(1, Advance(z), Level, Advance(z))[.., 2..6];" },
        { "a word with a size", string.Empty, "r = Expand(shape: [Advance(z).Shape[0], 4], x: Level);" },
        { "a word with a list", string.Empty, "r = z + Unsqueeze(Sum(axes: [1], x: Advance(z)), 1) * Level;" },
        { "a layer", Read, "r = Read(hidden: Advance(z), x: Stack(1, Level, z), mask: Stack(1, Greater(Sum(Advance(z), 1), 0), Less(Sum(Level, 1), 0)))[.., 1];" },
        { "a module", Pair, "r = Both.Forward(b: Advance(z), a: Level);" },
        { "a module of two dropouts", Pair, "r = Both.Forward(b: Drop(z), a: Drop(z));" },
        { "a Scan", string.Empty, "r = Scan(sequence: Stack(1, Advance(z), Level), first: Level, step: (h, e) => h * e + Level)[.., 1];" },
        { "a Scan with its step first", string.Empty, "r = Scan(step: (h, e) => h * e + Level, reverse: true, first: Advance(z), sequence: Stack(1, Level, Advance(z)))[.., 1];" },
        { "operands", string.Empty, "r = Level + Advance(z) * Level - Advance(z) / (2 + Square(Level));" },
        { "parts of a tuple", string.Empty, "(Tensor a, Tensor b) = (Level, Advance(z)); var c = (Level, Advance(a), Level); r = a - b * c.Item1 + c.Item2 * c.Item3;" },
        { "a compound assignment", string.Empty, "Level += Advance(z); r = Level; Level *= Advance(z) - Level;" },
        { "states that change places", string.Empty, "(Level, Other) = (Other, Level); r = Level; (Other, Level) = (Advance(z), Level);" },
        { "a state assigned twice", string.Empty, "((Level, r), Level) = ((Advance(z), Level), Level * 3);" },
        { "a local assigned twice", string.Empty, "((r, Other), r) = ((z, Level), Advance(z)); ((r, r), (Other, r)) = ((z, Level), (z, r + Level));" },
        { "slices", string.Empty, "r = Concat(1, Advance(z)[.., ..2], Level[.., 2..]);" },
        { "a condition", string.Empty, "r = Minus(b: Training ? Advance(z) : Level, a: Level);" },
        { "parts taken later", string.Empty, "var parts = Split(Advance(z), [1, 3], 1); Level = z; r = Concat(1, parts[1], parts[0]) + Level;" },
        { "a local function that reads a state", string.Empty, "Tensor Step(Tensor h) => h * Level; r = Scan(z, 2, Step)[.., 1]; Level = Advance(z); r = r + Scan(first: Advance(r), count: 2, step: Step)[.., 1];" },
        { "a helper that is a step", "private Tensor Sum3(Tensor a, Tensor b, Tensor c) => a - 2 * b + c * Level;", "r = Scan(z, Stack(1, z, Advance(z)), (h, e) => Sum3(c: h, a: Level, b: e))[.., 1];" },
        { "in a loop", string.Empty, "for (int i = 0; i < 3; i++) r = Minus(b: Advance(r * i), a: Level);" },
        { "in an unrolled loop", string.Empty, "for (int i = 0; i < 3; i++) { if (i != 1) r = Minus(b: Advance(r), a: Level); else Other = Level; }" },
        { "a result without a use", string.Empty, "_ = Advance(z); _ = Minus(b: Advance(z), a: Level); r = Level; _ = Drop(z); r = Drop(r);" },
        { "dropout in a helper", string.Empty, "r = Minus(b: Drop(z), a: Drop(z));" },
        { "dropout in a word", string.Empty, "r = Where(b: Drop(z), a: Drop(z), condition: Greater(Drop(z), 0));" },
        { "dropout in a layer", Read, "r = Read(mask: Sign(Drop(Stack(1, z, z)))[.., .., 0], hidden: Drop(z), x: Drop(Stack(1, z, z)))[.., 1];" },
        { "dropout in a Scan", string.Empty, "r = Scan(sequence: Drop(Stack(1, z, z)), step: (h, e) => Minus(b: Drop(h), a: Drop(e)), first: Drop(z))[.., 1];" },
        { "a tuple that goes round a loop", string.Empty, "(Tensor A, Tensor B) s = (z, Level); for (int i = 0; i < 3; i++) s = (Tanh(s.B - z), s.A * 0.5 + s.B); r = s.A - s.B;" },
        { "a tuple of tuples in a loop", string.Empty, "var s = ((z, 2 * z), Level); for (int i = 0; i < 3; i++) s = ((s.Item2, s.Item1.Item1), Tanh(s.Item1.Item2 + z)); r = s.Item1.Item1 - s.Item1.Item2 * s.Item2;" },
        { "a tuple in loops within loops", string.Empty, "var s = (z, 2 * z); for (int i = 0; i < 2; i++) { for (int j = 0; j < 3; j++) { var (a, b) = s; s = (b, Tanh(a) + Level); } s = (s.Item2, s.Item1 * i); } r = s.Item1 + s.Item2;" },
        { "a tuple in an unrolled loop", string.Empty, "var s = (z, 2 * z); for (int i = 0; i < 3; i++) { if (i == 1) s = (s.Item2, s.Item1); s = (s.Item1 + i, s.Item2); } r = s.Item1 - s.Item2;" },
        { "a helper's tuple in a loop", "private (Tensor, Tensor) Swap(Tensor a, Tensor b) => (b, Advance(a));", "var s = (z, 2 * z); for (int i = 0; i < 3; i++) s = Swap(s.Item1, s.Item2); r = s.Item1 - s.Item2;" },
        { "a Scan's states in a loop", string.Empty, "var y = Stack(1, z, Level); var s = (z, 2 * z); for (int i = 0; i < 2; i++) (s, y) = Scan(s, y, (p, e) => ((p.Item2, Tanh(p.Item1 + e)), p.Item1 * e)); r = s.Item1 - s.Item2 + y[.., 1];" },
        { "an array in a loop", string.Empty, "Tensor[] p = [z, Level]; for (int i = 0; i < 3; i++) p = [p[1], p[0] * 0.5 + Tanh(p[1])]; r = p[0] - p[1];" },
        { "parts in a loop", string.Empty, "var p = Split(z, [2, 2], 1); for (int i = 0; i < 3; i++) p = Split(Concat(1, p[1], Tanh(p[0])), [2, 2], 1); r = Concat(1, p[0], 2 * p[1]);" },
        { "a tuple's tensor that the loop leaves", string.Empty, "var s = (z, Level); for (int i = 0; i < 3; i++) s = (s.Item1, Tanh(s.Item2 + s.Item1)); r = s.Item1 - s.Item2;" },
        { "a name that a block before the loop has, too", string.Empty, "if (!Training || Training) { var t = Sum(z); r = r + t; } for (int i = 0; i < 3; i++) { var t = Tanh(z + r); r = r * t; }" },
        { "a name of a block and of a loop's tuple", string.Empty, "{ var (t, u) = (Sum(z), z); r = r + t * u; } for (int i = 0; i < 3; i++) { (Tensor t, Tensor u) = (Tanh(z), r[.., ..1]); var s = (t, u); r = r * s.Item1 + s.Item2; }" },
        { "names of two loops", string.Empty, "for (int i = 0; i < 2; i++) { var t = (z, r); r = t.Item1 - t.Item2; } for (int i = 0; i < 2; i++) { var t = Sum(r); r = r * t; }" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void AgreesWithTheEagerReading(string name, string members, string body)
    {
        Assert.NotEmpty(name);
        using Model model = CompiledModels.Compile(Source(members, body)).Create("Net", seed: 5);
        Trial trial = new(model, "Loss", [3]);
        trial.SameForward("Predict");
        trial.SameLoss();
        (double error, string parameter) = trial.WorstGradient();
        Assert.True(error < 2e-3, $"{parameter}: {error}");
    }

    private static string Source(string members, string body) => $$"""
        [Module] public sealed partial class Twice
        {
            [Dropout(0.3)] private partial Tensor Drop(Tensor x);
            [Forward] public Tensor Forward([Shape("batch", "width")] Tensor a, [Shape("batch", "width")] Tensor b) => Drop(a) - 2 * b;
        }

        [Model] public sealed partial class Net
        {
            [State("batch", 4)] private partial Tensor Level { get; set; }
            [State("batch", 4)] private partial Tensor Other { get; set; }
            [Dense(4)] private partial Tensor In(Tensor x);
            [Dropout(0.4)] private partial Tensor Drop(Tensor x);
            {{members}}
            private Tensor Advance(Tensor x)
            {
                Level = 0.5 * Level + Tanh(x);
                return Level * 2;
            }

            private static Tensor Minus(Tensor a, Tensor b) => a - b;

            [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x)
            {
                Tensor z = In(x);
                (Level, Other) = (0.3 * z, z + 1);
                Tensor r = Minus(z, 0.1 * Advance(z));
                {{body}}
                return Drop(r) + 0.3 * Level + 0.7 * Other;
            }

            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor y) => Mean(predict * predict) + 0.1 * Sum(Tanh(predict)) * Mean(y);
        }
        """;
}
