using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Diagnostics;

/// <summary>Errors of shapes: on the user's expression, with both shapes and a way out, all at once, and with a surface that still binds.</summary>
public class ShapeTests
{
    private const string Layers = """
        [Dense(4)] private partial Tensor Fc1(Tensor x);
        [Dense(6)] private partial Tensor Fc2(Tensor x);
        [LayerNorm] private partial Tensor Norm(Tensor x);
        [Parameter(5)] private partial Tensor Scale { get; }
        """;

    /// <summary>Id, class members in which what is underlined stands between « and », and what the message must say.</summary>
    private static readonly (string Id, string Members, string[] Says)[] Cases =
    [
        ("MG0020", Predict("«Fc1(x) + Scale»"), ["'Fc1(x)' gives [batch, 4]", "'Scale' gives [5]"]),
        ("MG0020", Predict("«Fc1(x) * Fc2(x)»"), ["[batch, 4]", "[batch, 6]"]),
        ("MG0020", Predict("«Pow(Fc1(x), Scale)»"), ["Pow cannot combine", "'Fc1(x)' gives [batch, 4]", "'Scale' gives [5]"]),
        ("MG0020", Predict("Where(«Greater(x, Scale)», x, x)"), ["[batch, 3]", "[5]"]),
        ("MG0020", Predict("«MatMul(Fc1(x), Fc2(x))»"), ["'Fc1(x)' gives [batch, 4]", "'Fc2(x)' gives [batch, 6]", "Permute or Reshape"]),
        ("MG0020", Predict("«Concat(0, Fc1(x), Fc2(x))»"), ["'Fc1(x)' gives [batch, 4]", "'Fc2(x)' gives [batch, 6]", "axis"]),
        ("MG0020", Remember("«Level» = Fc1(x);"), ["'Fc1(x)' is [batch, 4]", "the state 'Level'", "[State] [batch, 3]"]),
        ("MG0020", Remember("(x, «Level») = (x + 1, Fc2(x));"), ["[batch, 6]", "the state 'Level'", "[State] [batch, 3]"]),
        ("MG0020", Remember("for (int i = 0; i < 3; i++) «Level» = Sum(x, 1);"), ["'Sum(x, 1)' is [batch]", "[State] [batch, 3]"]),
        ("MG0020", Predict("«Reshape(x, -1, 4)»"), ["'x', which is [batch, 3]", "[-1, 4]"]),
        ("MG0020", Predict("«Reshape(x, -1, -1)»"), ["'x', which is [batch, 3]", "at most one"]),
        ("MG0020", Predict("«Permute(x, 0, 0)»"), ["'x', which is [batch, 3]", "[0, 0]", "0 to 1"]),
        ("MG0020", Predict("«Slice(x, 1, 2, 2)»"), ["'x', which is [batch, 3]", "within 3"]),
        ("MG0020", Predict("«x[.., 4..]»"), ["'x' gives [batch, 3]"]),
        ("MG0020", Predict("«x[.., 3]»"), ["'x' gives [batch, 3]"]),
        ("MG0020", Predict("«x[.., 0, 0]»"), ["'x' gives [batch, 3]", "drop 1"]),
        ("MG0020", Predict("«Fc1(Permute(x, 1, 0))»"), ["Fc1", "[3, batch]", "number in [Shape]"]),
        ("MG0020", Predict("«Norm(Sum(x))»"), ["'Sum(x)' gives []"]),
        ("MG0020", Predict("Fc2(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 5)] Tensor y) => «Mse(predict, y)»;", ["[batch, 6]", "'y' gives [batch, 5]", "[Shape]"]),
        ("MG0020", Predict("Fc2(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 6)] Tensor<int> y) => «SoftmaxCrossEntropy(predict, y)»;", ["[batch, 6]", "shape [batch]"]),
        ("MG0020", Classes("«SoftmaxCrossEntropy(predict, y, Scale)»"), ["a weight of shape [6]", "gives [batch, 6]", "'Scale' gives [5]"]),
        ("MG0020", Predict("Fc2(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 5)] Tensor y) => «Huber(predict, y)»;", ["Huber needs targets of shape [batch, 6]", "'y' gives [batch, 5]"]),
        ("MG0020", Predict("Fc1(x)") + "[Loss] private Tensor Loss([Shape(\"batch\", 3)] Tensor x) => «Triplet(Fc1(x), Fc1(x), x)»;", ["Triplet needs a negative of shape [batch, 4]", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("Fc1(x)") + "[Loss] private Tensor Loss([Shape(\"batch\", 3)] Tensor x) => «CosineEmbedding(Fc1(x), Fc1(x), x)»;", ["CosineEmbedding needs targets of shape [batch]", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("Fc1(x)") + "[Loss] private Tensor Loss([Shape(\"batch\", 3)] Tensor x) => «GaussianNll(Fc1(x), Fc1(x), x)»;", ["GaussianNll needs a variance of shape [batch, 4]", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("Fc1(x)") + "[Loss] private Tensor Loss([Shape(\"batch\", 3)] Tensor x) => «Triplet(Sum(x), Sum(x), Sum(x))»;", ["Triplet works along the last axis", "'Sum(x)' gives []"]),
        ("MG0020", Predict("«Max(Slice(x, 1, 0, 0), 1)»"), ["Max has nothing to compare", "gives [batch, 0]"]),
        ("MG0020", Predict("«Min(Slice(x, 1, 0, 0))»"), ["Min has nothing to compare", "gives [batch, 0]"]),
        ("MG0020", Result("Tensor<int>", "[Shape(\"batch\", 3)]", "«ArgMax(Slice(x, 1, 0, 0), 1)»"), ["ArgMax has nothing to compare", "gives [batch, 0]"]),
        ("MG0020", Result("Tensor<int>", "[Shape(5000, 5000)]", "«ArgMin(x)»"), ["ArgMin counts up to 16777216 elements", "which has 25000000"]),
        ("MG0020", Predict("«Functional.Norm(Slice(x, 1, 0, 0), 1, p: double.PositiveInfinity)»"), ["Norm has nothing to compare", "gives [batch, 0]"]),
        ("MG0020", Predict("Sum(«IndexSelect(Scale, 0, ArgMax(Concat(1, x, x), -1))»)"), ["IndexSelect takes indices below 5", "'ArgMax(Concat(1, x, x), -1)' chooses among 6"]),
        ("MG0020", Predict("Fc1(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 6)] Tensor y) => «SoftmaxCrossEntropy(predict, ArgMin(y, 1))»;", ["SoftmaxCrossEntropy takes indices below 4", "'ArgMin(y, 1)' chooses among 6"]),
        ("MG0020", Predict("«MatMul(x, Sum(x))»"), ["'Sum(x)' is a single number", "use *"]),
        ("MG0020", Predict("«Flatten(x, 1, 0)»"), ["'x', which is [batch, 3]", "first lies behind"]),
        ("MG0020", Predict("«Squeeze(x)»"), ["batch", "'x' gives [batch, 3]", "Name the axes"]),
        ("MG0020", Predict("«Squeeze(x, 0)»"), ["batch", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Expand(x, 2, 4)»"), ["'x', which is [batch, 3]", "[2, 4]", "be 1 before"]),
        ("MG0020", Predict("«Expand(x, -1, -1, 3)»"), ["'x', which is [batch, 3]", "[-1, -1, 3]"]),
        ("MG0020", Predict("«Stack(0, Fc1(x), x)»"), ["'Fc1(x)' gives [batch, 4]", "'x' gives [batch, 3]", "Concat"]),
        ("MG0020", Predict("«Pad(x, [1])»"), ["two numbers for an axis", "[1]", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Pad(x, [3, 0], PadMode.Reflect)»"), ["axis 1", "at most 2 on each side", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Pad(x, [-2, -2])»"), ["axis 1", "more than there is"]),
        ("MG0020", Predict("«Tile(x, -1)»"), ["'x', which is [batch, 3]", "0 or more"]),
        ("MG0020", Predict("«Tril(Sum(x, 1))»"), ["matrices", "'Sum(x, 1)' gives [batch]"]),
        ("MG0020", Look("«OneHot(k, 0)»"), ["at least 1"]),
        ("MG0020", Look("«Gather(x, 1, k)»"), ["axis 1", "'x' gives [batch, 3]", "'k' gives [batch]", "Reshape or cut"]),
        ("MG0020", Look("«IndexSelect(x, 0, many)»"), ["a list of indices", "'many' gives [batch, 5]"]),
        ("MG0020", Look("«Scatter(x, 1, many, x)»"), ["'many' gives [batch, 5]", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Split(x, [1, 1], 1)»[0]"), ["3 elements", "[1, 1], which are 2", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Split(x, 2, 1)»[2]"), ["makes 2 parts", "no part 2"]),
        ("MG0020", Predict("«Split(x, 2)»[0]"), ["how many parts", "batch", "[Shape]"]),
        ("MG0020", "[Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x) { var (a, b, c) = «Split(x, 2, 1)»; return a + c; }", ["makes 2 parts, and 3 are taken"]),
        ("MG0020", Predict("«Einsum(\"bi,bj->k\", x, x)»"), ["'bi,bj->k'", "'k'", "in no operand"]),
        ("MG0020", Predict("«Einsum(\"bi->bb\", x)»"), ["'b' twice in its result"]),
        ("MG0020", Predict("«Einsum(\"b_->b\", x)»"), ["'_'", "no letter"]),
        ("MG0020", Predict("«Einsum(\"bi,bj\", x)»"), ["has 2 operands, and 1 are given"]),
        ("MG0020", Predict("«Einsum(\"bij->b\", x)»"), ["'bij'", "3 axes", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Einsum(\"bi,bi->b\", x, Fc1(x))»"), ["'i'", "is 3 before, but 4 at axis 1", "'Fc1(x)' gives [batch, 4]"]),
        ("MG0020", Predict("«Einsum(\"ii->i\", x)»"), ["'i'", "is batch before, but 3 at axis 1"]),
        ("MG0020", Result("Tensor", "[Shape(1, 3)]", "«Einsum(\"ii->i\", x)»"), ["'i'", "is 1 before, but 3 at axis 1"]),
        ("MG0020", Result("Tensor", "[Shape(3, 1)]", "«Einsum(\"ii->i\", x)»"), ["'i'", "is 3 before, but 1 at axis 1"]),
        ("MG0020", "[Gru(4)] private partial Tensor Read(Tensor x);" + Predict("«Read(x)»"), ["Gru goes through sequences [batch, time, in]", "'x' gives [batch, 3]"]),
        ("MG0020", "[Position(2)] private partial Tensor Place(Tensor x);" + Result("Tensor", "[Shape(\"batch\", 3, 4)]", "«Place(x)»"), ["rows for 2 positions", "'x' gives [batch, 3, 4]", "[Position(3)]"]),
        ("MG0020", "[Position(2)] private partial Tensor Place(Tensor x);" + Predict("«Place(Sum(x, 0))»"), ["[.., time, width]", "'Sum(x, 0)' gives [3]"]),
        ("MG0020", "[Rnn(4)] private partial Tensor Read(Tensor x, Tensor hidden);" + Result("Tensor", "[Shape(\"batch\", 5, 3)]", "«Read(x, x[.., 0])»"), ["a state of shape [batch, 4]", "'x[.., 0]' gives [batch, 3]"]),
        ("MG0020", "[Lstm(4)] private partial Tensor Read(Tensor x, Tensor mask);" + Result("Tensor", "[Shape(\"batch\", 5, 3)]", "«Read(x, x)»"), ["a mask of shape [batch, 5]", "'x' gives [batch, 5, 3]"]),
        ("MG0023", Predict("«CumSum(x, 2)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0012", Predict("Tile(x, «x.Shape[0]», 1)"), ["'x.Shape[0]'", "only a call knows"]),
        ("MG0012", Predict("Pad(x, [0, «x.Shape[1]»])"), ["'x.Shape[1]'", "only a call knows"]),
        ("MG0012", Predict("Split(x, [2, «x.Shape[0] - 2»])[0]"), ["'x.Shape[0] - 2'", "only a call knows"]),
        ("MG0012", Predict("Reshape(x, «x.Shape[0] * 3»)"), ["'x.Shape[0] * 3'", "only a call knows"]),
        ("MG0012", Predict("Softmax(x, «x.Shape[0]»)"), ["'x.Shape[0]'", "only a call knows"]),
        ("MG0012", Predict("Concat(0, «Split(x, 2, 1)»)"), ["how many tensors", "sizes of all parts"]),
        ("MG0012", Predict("«Split(x, [1, 2], 1)[^1]»"), ["count the tensors from the first"]),
        ("MG0021", Predict("«Fc1(Fc1(x))»"), ["Fc1 expects [.., 3]", "'Fc1(x)' gives [batch, 4]", "second layer"]),
        ("MG0021", Predict("Norm(x) + Sum(«Norm(Fc2(x))»)"), ["Norm expects [.., 3]", "[batch, 6]"]),
        ("MG0022", "[Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x) { «for (int i = 0; i < 3; i++) { x = Concat(1, x, x); }» return x; }", ["'x'", "[batch, 3]", "[batch, 6]"]),
        ("MG0023", Predict("«Softmax(x, 2)»"), ["axis 2", "'x' gives [batch, 3]", "-2 to 1"]),
        ("MG0023", Predict("«Sum(x, -3)»"), ["axis -3", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Min(x, 2)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Functional.Norm(x, 3)»"), ["axis 3", "'x' gives [batch, 3]"]),
        ("MG0023", Result("Tensor<int>", "[Shape(\"batch\", 3)]", "«ArgMax(x, -3)»"), ["axis -3", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Mean(x, [0, 2])»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Concat(2, x, x)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Slice(x, 2, 0, 1)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Sum(Sum(x), 0)»"), ["'Sum(x)' gives []", "a single number has no axis"]),
        ("MG0023", Predict("«Transpose(x, 0, 2)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Unsqueeze(x, 3)»"), ["axis 3", "-3 to 2"]),
        ("MG0023", Predict("«Flip(x, 0, -2)»"), ["[0, -2]", "two are the same"]),
        ("MG0023", Look("«Gather(x, 2, many)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0020", Predict("«Scan(x[.., 0], Slice(x, 1, 0, 0), (h, e) => h + e)»"), ["at least one step", "[batch, 0]", "axis 1"]),
        ("MG0022", Predict("Scan(x, 3, h => «Fc1(h)»)"), ["the state 'h'", "as [batch, 3]", "'Fc1(h)' gives [batch, 4]", "begin with a state of that shape"]),
        ("MG0022", Predict("Scan((x, x), 3, s => { var (a, b) = s; return ((b, «Concat(1, a, b)»), a); }).Steps"), ["the state 's2'", "as [batch, 3]", "gives [batch, 6]"]),
        ("MG0022", Predict("Scan(x, 3, Next)") + "[Recurrent] private Tensor Next(Tensor state) { state = Norm(state); return «Fc2(state)»; }", ["the state 'state'", "as [batch, 3]", "gives [batch, 6]"]),
        ("MG0023", Predict("«Scan(x[.., 0], x, (h, e) => h + e, axis: 2)»"), ["axis 2", "'x' gives [batch, 3]"]),
        ("MG0023", Predict("«Scan(Sum(x), 3, h => h + 1)»"), ["along axis 1", "each of them gives []", "-1 to 0"]),
        ("MG0031", Predict("Scan(x, «0», h => h + 1)"), ["at least one step", "1 or more"]),
        ("MG0025", Predict("Fc1(x)") + "[Loss] private Tensor «Loss»(Tensor predict, [Shape(\"batch\", 4)] Tensor y) => (predict - y) * (predict - y);", ["'Loss'", "[batch, 4]", "Mean or Sum"]),
        ("MG0025", Predict("Fc1(x)") + "[Metric] private Tensor «Far»(Tensor predict) => Mean(predict, 1);", ["'Far'", "[batch]", "Mean or Sum"]),
        ("MG0032", "[Forward] private (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor) «Predict»([Shape(4)] Tensor x) => (x, x, x, x, x, x, x, x, x);", ["9 results", "Concat"]),
        ("MG0032", string.Concat(Enumerable.Range(0, 7).Select(state => $"[State(4)] private partial Tensor S{state} {{ get; set; }} ")) + "[Forward] private Tensor «Predict»([Shape(4)] Tensor x, [Shape(4)] Tensor y) { (S0, S1, S2, S3) = (x, x, x, x); (S4, S5, S6) = (x, x, y); return x; }", ["9 inputs and states", "at most 8"]),
        ("MG0032", "[Forward] private Tensor «Predict»([Shape(\"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\")] Tensor x) => x;", ["9 open dimensions"]),
        ("MG0031", Predict("«Var(x, correction: -1)»"), ["the correction of Var", "0 or more"]),
        ("MG0031", Predict("«Functional.Norm(x, float.NaN)»"), ["the p of Norm"]),
        ("MG0031", Classes("«SoftmaxCrossEntropy(predict, y, labelSmoothing: 2)»"), ["the labelSmoothing of SoftmaxCrossEntropy", "from 0 to 1"]),
        ("MG0031", Numbers("«Huber(predict, y, delta: 0)»"), ["the delta of Huber", "above 0"]),
        ("MG0031", Numbers("«Focal(predict, y, alpha: 1.5f)»"), ["the alpha of Focal", "from 0 to 1"]),
        ("MG0031", Numbers("«Focal(predict, y, gamma: -1)»"), ["the gamma of Focal", "at least 0"]),
        ("MG0031", Numbers("«GaussianNll(predict, y, y, eps: 0)»"), ["the eps of GaussianNll", "above 0"]),
        ("MG0031", Numbers("«Triplet(predict, y, y, p: float.NaN)»"), ["the p of Triplet"]),
    ];

    public static IEnumerable<object[]> All() => Cases.Select((row, index) => new object[] { row.Id, index });

    [Theory]
    [MemberData(nameof(All))]
    public void NamesBothShapesAtTheExpression(string id, int row)
    {
        (_, string members, string[] says) = Cases[row];
        string marked = Source(members), source = marked.Replace("«", "").Replace("»", "");
        string underlined = marked[(marked.IndexOf('«') + 1)..marked.IndexOf('»')];
        Built built = Build.Run(source);
        Diagnostic found = Assert.Single(built.Reported, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal((id, underlined), (found.Id, source.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length)));
        Assert.All(says, text => Assert.Contains(text, found.GetMessage()));
        Assert.Empty(built.CsharpProblems());
    }

    /// <summary>C# itself keeps <c>Tensor&lt;int&gt;</c> from words of floats: MG0026 is left for what it cannot see.</summary>
    [Theory]
    [InlineData("[Dense(4)] private partial Tensor Fc9(Tensor x); [Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor<int> x) => Fc9(x);", "CS1503")]
    [InlineData("[Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x) => x; [Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\")] Tensor t) => SoftmaxCrossEntropy(predict, t);", "CS1503")]
    public void IntegersAreNoFloats(string members, string error)
    {
        Built built = Build.Run(Build.Usings + "[Model] public sealed partial class Net { " + members + " }");
        Assert.Contains(built.Csharp, diagnostic => diagnostic.Id == error);
        Assert.DoesNotContain(built.Reported, diagnostic => diagnostic.Id == "MG0099");
    }

    [Fact]
    public void ALossWithoutAGradientIsAnError()
    {
        string loss = Source(Predict("Fc1(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 4)] Tensor y) => Mean(Equal(predict, y));");
        Assert.Contains("MG0024 'Mean(Equal(predict, y))'", Build.Run(loss).Underlined());
    }

    [Theory]
    [InlineData("Fc1", null)]
    [InlineData("Fc1.weight", null)]
    [InlineData("Fc", "it uses Fc1.weight, Fc1.bias")]
    [InlineData("Fc1.", "it uses Fc1.weight, Fc1.bias")]
    [InlineData("Fc1.w", "it uses Fc1.weight, Fc1.bias")]
    [InlineData("Fc2", "it uses Fc1.weight, Fc1.bias")]
    public void ALossTrainsWholePartsOfNames(string trains, string? uses)
    {
        Built built = Build.Run(Source(Predict("Fc1(x)") + $"[Loss(Trains = \"{trains}\")] private Tensor Narrow(Tensor predict, [Shape(\"batch\", 4)] Tensor y) => Mse(predict, y);"));
        Assert.Equal(
            uses is null ? [] : [$"[Loss(Trains = \"{trains}\")]: 'Narrow' uses no parameter of this name, nor one whose name begins with '{trains}.': {uses}"],
            built.Reported.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.GetMessage()));
    }

    [Fact]
    public void ALossThatUsesNoParameterTrainsNone()
    {
        string loss = Source(Predict("Fc1(x)") + "[Loss(Trains = \"Fc1\")] private Tensor Narrow([Shape(\"batch\", 4)] Tensor y) => Mean(y);");
        Diagnostic found = Assert.Single(Build.Run(loss).Reported, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.EndsWith("nor one whose name begins with 'Fc1.': it uses none", found.GetMessage());
    }

    [Fact]
    public void AWrongRankOfAModulesInputIsOneError()
    {
        Built module = Build.Run(Source(Predict("First.Forward(x)") + "private partial Part First { get; }"));
        Diagnostic found = Assert.Single(module.Reported, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("MG0020", found.Id);
        Assert.Contains("'x' gives [batch, 3]", found.GetMessage());
    }

    [Fact]
    public void AStacksTargetsFitByThemselves() =>
        Assert.Empty(Build.Run(Build.Usings + "[Model, Input(\"batch\", \"time\", 4)] [Dense(2), SoftmaxCrossEntropy] public sealed partial class Net;").Reported);

    [Fact]
    public void AllErrorsOfAClassAreReportedAtOnce()
    {
        Built built = Build.Run(Source("""
            [Forward] private Tensor Predict([Shape("batch", 3)] Tensor x)
            {
                Tensor hidden = Fc1(x) + Scale;
                Tensor again = Fc1(hidden);
                if (Training) again = Softmax(again, 7);
                return MatMul(hidden, Fc2(x)) + Sum(again);
            }
            [Forward] private Tensor Other([Shape("batch", 3)] Tensor x) => Reshape(x, 7);
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch")] Tensor<int> y) => Concat(2, predict, predict);
            """));
        string[] reported = [.. built.Underlined().Where(text => !text.StartsWith("MG0006", System.StringComparison.Ordinal))];
        Assert.Equal(
            [
                "MG0020 'Fc1(x) + Scale'", "MG0021 'Fc1(hidden)'", "MG0023 'Softmax(again, 7)'", "MG0020 'MatMul(hidden, Fc2(x))'", "MG0020 'Reshape(x, 7)'", "MG0025 'Loss'",
                "MG0023 'Concat(2, predict, predict)'",
            ],
            reported);
    }

    [Fact]
    public void CodeThatUsesABrokenModelShowsNoErrorsOfItsOwn()
    {
        Built built = Build.Run(Source(Predict("Fc1(x) + Scale") + """
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 4)] Tensor y) => Mse(predict, y);
            [Metric] private Tensor Far(Tensor predict, [Shape("batch", 4)] Tensor y) => Mean(predict - y);
            """) + """

            public static class User
            {
                public static float Use()
                {
                    using Net model = new(Device.Cpu, seed: 42);
                    float[,] scores = model.Predict(new float[2, 3]);
                    model.Predict(new float[6], batch: 2, new float[8]);
                    History history = model.Fit(Net.Data(new float[6], new float[8]), new FitOptions { Optimizer = new Adam(1e-3f) });
                    Tensor eager = model.Eager.Loss(model.Eager.Predict(Tensor.From(new float[6], [2, 3])), Tensor.From(new float[8], [2, 4]));
                    model.Save("net.safetensors");
                    return scores[0, 0] + history.Steps[0].Loss + (float)model.Evaluate(Net.Data(new float[6], new float[8])).Loss + (float)eager.Item() + Net.Entries.Loss.Inputs.Length;
                }
            }
            """);
        Assert.Equal("MG0020", Assert.Single(built.Reported, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id);
        Assert.Empty(built.CsharpProblems());
        Assert.Contains("was built with errors", built.File("Net.g.cs"));
    }

    /// <summary>Odd calls are errors of shapes or nothing at all, never a fault of the compiler.</summary>
    [Theory]
    [InlineData("Slice(Sum(x), 0, 0, 1)")]
    [InlineData("Sum(x)[0]")]
    [InlineData("Sum(x)[..]")]
    [InlineData("Sum(Sum(x), 0)")]
    [InlineData("Softmax(Sum(x))")]
    [InlineData("LogSoftmax(Sum(x), 0)")]
    [InlineData("Concat(0, Sum(x), Sum(x))")]
    [InlineData("Concat(1, x, Sum(x))")]
    [InlineData("Concat(0)")]
    [InlineData("Permute(Sum(x))")]
    [InlineData("Permute(x, 0)")]
    [InlineData("Permute(x, 0, 5)")]
    [InlineData("Permute(x, -1, -2)")]
    [InlineData("Reshape(x)")]
    [InlineData("Reshape(x, 0)")]
    [InlineData("Reshape(x, -2)")]
    [InlineData("Reshape(x, 0, -1)")]
    [InlineData("Reshape(x, int.MaxValue, int.MaxValue)")]
    [InlineData("MatMul(x, Sum(x))")]
    [InlineData("MatMul(Sum(x), x)")]
    [InlineData("MatMul(Scale, Scale)")]
    [InlineData("MatMul(x, Scale)")]
    [InlineData("Max(x, [])")]
    [InlineData("Mean(x, [0, 0])")]
    [InlineData("Mean(x, [0, -2])")]
    [InlineData("Fc1(Sum(x))")]
    [InlineData("Fc1(1)")]
    [InlineData("Norm(1)")]
    [InlineData("Sum(1)")]
    [InlineData("Reshape(3, 1, 1)")]
    [InlineData("Slice(x, 1, 0, 0)")]
    [InlineData("Slice(x, 1, -1, 1)")]
    [InlineData("x[.., 2..1]")]
    [InlineData("x[.., ..0]")]
    [InlineData("x[^0]")]
    [InlineData("x[.., ^5..]")]
    [InlineData("1 / 0 * x")]
    [InlineData("(1 - 1) * x / 0.0")]
    [InlineData("x * double.NaN")]
    [InlineData("x * 1e300")]
    public void OddCallsAreNoFaults(string expression)
    {
        Built built = Build.Run(Source(Predict(expression) + "[Loss] private Tensor Loss(Tensor predict) => Mean(predict * predict);"));
        Assert.DoesNotContain(built.Reported, diagnostic => diagnostic.Id is "MG0099" or "CS8785");
        Assert.DoesNotContain(built.Csharp, diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", System.StringComparison.Ordinal) == true && diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    /// <summary>A forward method with a state, whose body begins with the statements.</summary>
    private static string Remember(string statements) =>
        "[State(\"batch\", 3)] private partial Tensor Level { get; set; } [Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x) { " + statements + " return x - Level; }";

    private static string Predict(string expression) => "[Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x) => " + expression + ";\n";

    private static string Result(string type, string shape, string expression) => $"[Forward] private {type} Predict({shape} Tensor x) => {expression};\n";

    /// <summary>A loss of six classes.</summary>
    private static string Classes(string expression) => Predict("Fc2(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\")] Tensor<int> y) => " + expression + ";";

    /// <summary>A loss of six numbers.</summary>
    private static string Numbers(string expression) => Predict("Fc2(x)") + "[Loss] private Tensor Loss(Tensor predict, [Shape(\"batch\", 6)] Tensor y) => " + expression + ";";
    private static string Look(string expression) =>
        "[Forward] private Tensor Predict([Shape(\"batch\", 3)] Tensor x, [Shape(\"batch\")] Tensor<int> k, [Shape(\"batch\", 5)] Tensor<int> many) => " + expression + ";\n";

    private static string Source(string members) => Build.Usings + "#pragma warning disable MG0006, CS1591\n[Model] public sealed partial class Net\n{\n" + Layers + "\n" + members + """

        }

        [Module] public sealed partial class Part { [Forward] public Tensor Forward([Shape("batch", "time", "width")] Tensor x) => x; }
        """;
}
