using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Entries;
using ModelGen.Models.Tests.Compiling;
using ModelGen.Models.Tests.OnDevice;
using Xunit;

namespace ModelGen.Models.Tests.Compiled;

/// <summary>Models that once went wrong.</summary>
[OnEveryDevice]
public sealed class ReviewedTests
{
    /// <summary>Numbers that need no memory, where memory is read: as an output, before a loop, and in a loop within a loop.</summary>
    [Theory]
    [InlineData("return 3.5;", 3.5f)]
    [InlineData("return x.Shape[0];", 2f)]
    [InlineData("Tensor a = 2, b = 3; return a * b;", 6f)]
    [InlineData("return Where(Greater(2, 1), 5, 6) * Equal(3, 3);", 5f)]
    [InlineData("Tensor a = 1; for (int i = 0; i < 5; i++) a = a * 2; return a;", 32f)]
    [InlineData("Tensor s = 0; for (int i = 0; i < 3; i++) { for (int j = 0; j < 2; j++) { s = s + Sum(x) * i; } } return s;", 36f)]
    public void NumbersAreWritten(string body, float expected)
    {
        CompiledModels models = CompiledModels.Compile($"[Model] public sealed partial class Net {{ [Forward] private Tensor Predict([Shape(\"batch\", 2)] Tensor x) {{ {body} }} }}");
        using Model model = models.Create("Net");
        float[,] x = { { 1, 2 }, { 1, 2 } };
        float actual = (float)model.GetType().GetMethods().First(method => method.Name == "Predict" && method.ReturnType == typeof(float)).Invoke(model, [x])!;
        Assert.Equal(expected, actual, 1e-5f);
    }

    /// <summary>Where a row has one element, a value of elements is read as the row's number, too: from memory.</summary>
    [Fact]
    public void ARowOfOneElementIsAlsoANumberOfTheRow()
    {
        const string source = """
            [Model]
            public sealed partial class Net
            {
                [Dense(1, Activation = Activation.Gelu)] private partial Tensor Fc(Tensor x);
                [Forward] private Tensor Predict([Shape("batch", "time", 4)] Tensor x)
                {
                    var once = Fc(x);
                    var twice = once + once;
                    return Mean(once) + Mean(twice + Max(twice, 2, keepDims: true));
                }
                [Loss] private Tensor Loss([Shape("batch", "time", 4)] Tensor x) => Predict(x);
            }
            """;
        using Model model = CompiledModels.Compile(source).Create("Net", seed: 1);
        Trial trial = new(model, "Loss", [3, 5]);
        trial.SameForward("Predict");
        trial.SameLoss();
        Assert.InRange(trial.WorstGradient().Error, 0, 1e-4);
    }

    /// <summary>A step on one loss leaves alone what only the other depends on.</summary>
    [Fact]
    public void ALossTrainsWhatItDependsOn()
    {
        const string source = """
            [Model]
            public sealed partial class Two
            {
                [Dense(2)] private partial Tensor A(Tensor x);
                [Dense(2)] private partial Tensor B(Tensor x);
                [Loss] private Tensor First([Shape("batch", 2)] Tensor x) => Mean(A(x));
                [Loss] private Tensor Second([Shape("batch", 2)] Tensor x) => Mean(B(x));
            }
            """;
        using Model model = CompiledModels.Compile(source).Create("Two", seed: 1);
        Sgd optimizer = new(1f);
        Step("First");
        float[] after = model.Parameters["A.weight"].Values.ToArray();
        float[] before = model.Parameters["B.weight"].Values.ToArray();
        Step("Second");
        Assert.Equal(after, model.Parameters["A.weight"].Values.ToArray());
        Assert.NotEqual(before, model.Parameters["B.weight"].Values.ToArray());
        Assert.All(model.Parameters["A.weight"].Gradient.ToArray(), value => Assert.Equal(0, value));

        void Step(string name)
        {
            LossEntry entry = (LossEntry)model.Description.Entries.Single(candidate => candidate.Name == name);
            Dataset data = new(entry, [], new float[] { 1, 2, 3, 4 });
            Batch batch = data.NewBatch(2);
            data.Fill(batch, [0, 1]);
            model.Step(entry, batch, optimizer);
        }
    }

    /// <summary>Modules within repeated modules, both walked by foreach: names as users write them.</summary>
    [Fact]
    public void NestedRepetitionsHaveNames()
    {
        const string source = """
            [Module] public sealed partial class Inner { [Dense("w")] private partial Tensor Fc(Tensor x); [Forward] public Tensor Go([Shape("batch", "w")] Tensor x) => Fc(x); }
            [Module] public sealed partial class Mid
            {
                [Repeat(2)] private partial Inner[] Ins { get; }
                [Forward] public Tensor Go([Shape("batch", "w")] Tensor x) { foreach (var inner in Ins) x = inner.Go(x); return x; }
            }
            [Model] public sealed partial class Deep
            {
                [Repeat(3)] private partial Mid[] Mids { get; }
                [Forward] private Tensor Predict([Shape("batch", 4)] Tensor x) { foreach (var mid in Mids) x = mid.Go(x); return x; }
            }
            """;
        using Model model = CompiledModels.Compile(source).Create("Deep");
        IEnumerable<string> expected = Enumerable.Range(0, 3).SelectMany(mid => Enumerable.Range(0, 2).Select(inner => $"Mids.{mid}.Ins.{inner}.Fc.weight"));
        Assert.Equal(expected, model.Parameters.Select(parameter => parameter.Name).Where(name => name.EndsWith("weight", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("MG0018", "[Model, Input(\"batch\", 3), Dense(\"q\"), Mse] public sealed partial class Net;")]
    [InlineData("MG0020", "[Model, Input(\"batch\", \"time\"), Dense(3), Relu, Mse] public sealed partial class Net;")]
    [InlineData("MG0020", "[Model, Input(6), Dense(3), SoftmaxCrossEntropy] public sealed partial class Net;")]
    [InlineData("MG0020", "[Model] public sealed partial class Net { [Parameter(\"batch\", 3)] private partial Tensor P { get; } [Forward] private Tensor F([Shape(\"batch\", 3)] Tensor x) => x + P; }")]
    [InlineData("MG0020", "[Model] public sealed partial class Net { [Dense(\"batch\")] private partial Tensor D(Tensor x); [Forward] private Tensor F([Shape(\"batch\", 3)] Tensor x) => D(x); }")]
    [InlineData("MG0023", "[Model] public sealed partial class Net { [Forward] private Tensor F([Shape(\"batch\", 3)] Tensor x) => Mean(x, [0, 0]); }")]
    [InlineData("MG0010", "[Model] public sealed partial class Net { [Forward] private Tensor F([Shape(\"batch\", 3)] Tensor x) { Tensor y = x; ref var z = ref y; z = z * 2; return y; } }")]
    [OnProcessor("It only generates code.")]
    public void MistakesAreTheUsers(string id, string source)
    {
        var generated = CompiledModels.Generate(source);
        Assert.Equal([id], generated.Reported.Select(diagnostic => diagnostic.Id).Distinct());
        Assert.DoesNotContain(generated.Compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
