using System.Collections.Generic;
using System.Linq;
using ModelGen.Entries;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Unusual but valid C#: it compiles without a warning, and the compiled code does what the methods say.</summary>
[OnEveryDevice]
public sealed class AwkwardTests
{
    private const string Loss = "[Loss] private static Tensor Loss(Tensor predict, [Shape(\"batch\", 3)] Tensor y) => Mse(predict, y);";

    private static readonly Dictionary<string, string[]> Sources = new()
    {
        ["nested, private, in a namespace that hides System"] = ["""
            namespace X.System
            {
                public static partial class Outer
                {
                    internal partial struct Middle
                    {
                        [Model] private sealed partial class Net
                        {
                            [Dense(3)] private partial Tensor Fc(Tensor x);
                            [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Relu(Fc(x));
                            [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor y) => Mse(predict, y);
                        }
                    }
                }
            }
            namespace X.ModelGen { public static class Tensor { } }
            """],
        ["members with the generator's names"] = ["""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Kernels(Tensor x);
                [Dense(3)] private partial Tensor Frame(Tensor x);
                [Dense(3)] private partial Tensor arena(Tensor frame);
                [Dense(3)] private partial Tensor Buffer(Tensor lanes);
                [LayerNorm] private partial Tensor Simd(Tensor x);
                [Parameter(3)] private partial Tensor parameters { get; }
                [Parameter(3)] private partial Tensor weight { get; }
                private static int threads => 3;
                [Forward] private Tensor Predict([Shape("batch", 3)] Tensor input)
                {
                    var batch = Kernels(input);
                    var frame = Frame(batch) + parameters;
                    var output = arena(frame) * weight;
                    var model = Buffer(output);
                    var V = Simd(model); var L = V + model; var index = L * 2; var lanes = index - batch;
                    return lanes;
                }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor loss) => Mse(predict, loss);
                public static int Use() => threads;
            }
            """],
        ["names of loops over rows"] = ["""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 3)] Tensor row)
                {
                    var next = Softmax(Fc(row));
                    var first = LogSoftmax(next * 3);
                    var scaled = first * (first + 1);
                    var largest = Max(scaled * scaled, 1, keepDims: true);
                    var rest = Sum(Square(first - largest), 1, keepDims: true);
                    var nextLargest = first * (rest * 0.5);
                    return nextLargest + Softmax(scaled) * next;
                }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor end) => Mse(predict, end);
            }
            """],
        ["names of kernels for devices"] = ["""
            namespace Gpu { public static class GpuFrame { } }
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor GpuKernels(Tensor x);
                [Dense(3)] private partial Tensor Gpu(Tensor x);
                [LayerNorm] private partial Tensor PredictOnGpu(Tensor T);
                [Dense(3)] private partial Tensor LossOnGpu(Tensor x);
                [Dense(3)] private partial Tensor LossTrainOnGpu(Tensor x);
                [Parameter(3)] private partial Tensor team { get; }
                [Parameter(3)] private partial Tensor T { get; }
                [Forward] private Tensor Predict([Shape("lane", 3)] Tensor frame)
                {
                    var lane = Softmax(GpuKernels(frame) * team);
                    var isRow = PredictOnGpu(lane + Gpu(lane));
                    var start = Softmax(isRow * 2) + lane;
                    var rowStart = LossOnGpu(start + T);
                    var parts = Max(rowStart, 1, keepDims: true) + start;
                    var first = parts - Mean(parts, 0, keepDims: true);
                    var end = LossTrainOnGpu(first);
                    return end;
                }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("lane", 3)] Tensor sums) => Mse(predict, sums);
            }
            """],
        ["C# keywords and dims named like locals"] = ["""
            [Model] public sealed partial class @class
            {
                [Dense(3)] private partial Tensor @new(Tensor @in);
                [Forward] private Tensor Predict([Shape("row", "column", "V", 4)] Tensor @class, [Shape("row", "column", "V", 3)] Tensor @params)
                {
                    var @this = @new(@class);
                    Tensor @var = @this * @params, @float = @var + 1;
                    return @float;
                }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("row", "column", "V", 3)] Tensor @event) => Mse(predict, @event);
            }
            """],
        ["dims named like members and types"] = ["""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("x", "Kernels", 4)] Tensor x, [Shape("x", "Kernels", "frame")] Tensor frame) => Fc(x) * Sum(frame, 2, keepDims: true);
                [Loss] private static Tensor Loss(Tensor predict, [Shape("x", "Kernels", 3)] Tensor Fc) => Mse(predict, Fc);
            }
            """],
        ["a keyword as a dimension"] = ["""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", "class", 4)] Tensor x) => Fc(x);
                [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", "class", 3)] Tensor y) => Mse(predict, y);
            }
            """],
        ["letters beyond ASCII"] = ["""
            namespace Größe;
            [Model] public sealed partial class Netz
            {
                [Dense(3)] private partial Tensor Schlüssel(Tensor x);
                [Forward] private Tensor Predict([Shape("größe", 4)] Tensor maß) { var höhe = Schlüssel(maß); return höhe * höhe; }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("größe", 3)] Tensor ü) => Mse(predict, ü);
            }
            """],
        ["two models with the same members and a helper in one file"] = ["""
            [Model] public sealed partial class First
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Helper.Twice(Fc(x));
            """ + Loss + """
            }
            [Model] public sealed partial class Second
            {
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Fc(Helper.Twice(x));
            """ + Loss + """
            }
            internal static class Helper { public static Tensor Twice(Tensor x) => x + x; }
            """],
        ["two models of the same name in two namespaces"] = ["""
            namespace A { [Model] public sealed partial class Net { [Dense(3)] private partial Tensor Fc(Tensor x); [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Fc(x);
            """ + Loss + """
             } }
            namespace B { [Model] public sealed partial class Net { [Dense(3)] private partial Tensor Fc(Tensor x); [Forward] private Tensor Predict([Shape("batch", 5)] Tensor x) => -Fc(x);
            """ + Loss + """
             } }
            """],
        ["static methods, blocks, default and named arguments"] = ["""
            [Model] public sealed partial class Net
            {
                [Parameter(3, 4)] private partial Tensor Weight { get; }
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) { return Apply(weight: Weight, x: x); }
                [Forward] private static Tensor Plain([Shape("batch", 4)] Tensor x) { { Tensor y = x; { x = y * y; } } return Sum(keepDims: true, axis: -1, x: x); }
                private static Tensor Apply(Tensor x, Tensor weight, double scale = 0.5, bool negative = true)
                {
                    const int Axis = 1;
                    Tensor y = MatMul(x, Permute(weight, 1, 0)) * scale;
                    if (negative) { return -Sum(y, [Axis, 0], keepDims: true) + y; }
                    return y;
                }
                [Loss] private static Tensor Loss(Tensor predict, [Shape("batch", 3)] Tensor y) { return Mse(target: y, prediction: predict); }
            }
            """],
        ["constant widths"] = ["""
            [Model] public sealed partial class Net
            {
                public const int Width = 4;
                private const int Wider = 2 * Width + 1;
                [Dense(Wider)] private partial Tensor Fc1(Tensor x);
                [Dense(Settings.Classes)] private partial Tensor Fc2(Tensor x);
                [Parameter(Wider, Init = Init.Ones)] private partial Tensor Scale { get; }
                [Forward] private Tensor Predict([Shape("batch", Width)] Tensor x) => Fc2(Fc1(x) * Scale * Settings.Factor / Wider);
            """ + Loss + """
            }
            public static class Settings { public const int Classes = 3; public const double Factor = 1e-1; }
            """],
        ["a class in two files"] =
        [
            """
            namespace Two;
            [Model] public sealed partial class Net
            {
                [Dense(5)] private partial Tensor Fc1(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Fc2(Activate(Fc1(x)));
            }
            """,
            """
            namespace Two;
            public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc2(Tensor x);
                private static Tensor Activate(Tensor x) => Tanh(x);
            """ + Loss + """
            }
            """,
        ],
        ["an interface, a static member, a nested type, docs"] = ["""
            public interface INamed { string Title { get; } }
            /// <summary>A model.</summary>
            [Model, Obsolete("Old.", false)] public sealed partial class Net : INamed
            {
                private static int made;
                /// <summary>The title.</summary>
                public string Title => "net " + ++made + nameof(Fc) + Kind.One;
                private enum Kind { One }
                /// <summary>A layer.</summary>
                [Dense(3, Bias = false)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => Fc(x);
            """ + Loss + """
            }
            """],
        ["qualified words and aliases"] = ["""
            namespace Q
            {
                using F = ModelGen.Functional;
                using T = ModelGen.Tensor;
                [ModelGen.Model] public sealed partial class Net
                {
                    [ModelGen.Dense(3)] private partial T Fc(T x);
                    [ModelGen.Forward] private T Predict([ModelGen.Shape("batch", 4)] T x) => F.Relu(global::ModelGen.Functional.Tanh(this.Fc(x)));
                    [ModelGen.Loss] private static T Loss(T predict, [ModelGen.Shape("batch", 3)] T y) => F.Mse(predict, y);
                }
            }
            """],
        ["a stack with every layer twice"] = ["""
            [Model, Input("batch", "time", 4)]
            [Dense(5), LayerNorm, Gelu, Dropout(0.2), Dense(5), LayerNorm(Epsilon = 1e-3), Sigmoid, Dropout(0.1), Tanh, Relu, Softmax, LogSoftmax, Dense(3)]
            [SoftmaxCrossEntropy]
            internal sealed partial class Stack;
            """],
        ["numbers of all kinds"] = ["""
            [Model] public sealed partial class Net
            {
                private const float Half = .5f;
                private const long Big = 1L << 20;
                [Dense(3)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) => 0.1 * Fc(x) + Half - 1 / 2 + 1e-3f * x[.., ..3] + Big / 1_000_000d - (-2) + 'a' * 0 + (true ? 1 : 2) + 7 % 4;
            """ + Loss + """
            }
            """],
        ["the whole surface under names that are taken"] = ["""
            [Model] public sealed partial class Net
            {
                [Dense(3)] private partial Tensor Fc(Tensor arguments);
                [Forward] private Tensor Predict([Shape("output", 4)] Tensor arguments, [Shape("output", "input", 3)] Tensor output) => Fc(arguments) + Sum(output, 1);
                [Forward] private Tensor Entry([Shape("batch", 4)] Tensor model) => Fc(model);
                [Forward] private Tensor Main([Shape("batch", 4)] Tensor call) => Fc(call);
                [Loss] private static Tensor Loss(Tensor entry, [Shape("batch", 3)] Tensor frame) => Mse(entry, frame);
            }
            """],
    };

    public static TheoryData<string> Names() => [.. Sources.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void CompilesAndRuns(string name)
    {
        Model[] models = [.. CompiledModels.Compile(Sources[name]).CreateAll(seed: 4)];
        Assert.NotEmpty(models);
        foreach (Model model in models)
        {
            using (model)
            {
                foreach (Entry loss in model.Description.Entries.Where(entry => entry.Kind == EntryKind.Loss))
                {
                    Trial trial = new(model, loss.Name, [.. Enumerable.Range(2, loss.Dimensions.Length)]);
                    trial.SameLoss();
                    Assert.InRange(trial.WorstGradient().Error, 0, 2e-5);
                    foreach (Entry entry in model.Description.Entries.Where(entry => entry.Kind == EntryKind.Forward && entry.Inputs.All(loss.Inputs.Contains)))
                    {
                        trial.SameForward(entry.Name);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("record")]
    [InlineData("record class")]
    [InlineData("struct")]
    [InlineData("record struct")]
    [InlineData("interface")]
    [OnProcessor("It only generates code.")]
    public void OnlyClassesAreModels(string kind)
    {
        string source = $"[Model] public partial {kind} Net {{ [Forward] private Tensor Predict([Shape(\"batch\", 4)] Tensor x) => x; }}";
        var (compilation, reported, _) = CompiledModels.Generate(source);
        string[] ids = [.. compilation.GetDiagnostics().Concat(reported).Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Id)];
        Assert.Contains(kind.StartsWith("record", System.StringComparison.Ordinal) && !kind.EndsWith("struct", System.StringComparison.Ordinal) ? "MG0028" : "CS0592", ids);
        Assert.DoesNotContain("MG0099", ids);
    }
}
