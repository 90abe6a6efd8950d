using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Diagnostics;
using ModelGen.Specs;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Diagnostics;

/// <summary>What the cases of <see cref="Broken"/> do not show: other assemblies, several errors at once, warnings switched off, faults.</summary>
public class OtherDiagnosticsTests
{
    [Fact]
    public void ModulesAndHelpersOfOtherAssembliesAreForeign()
    {
        CSharpCompilation library = Build.Compilation(Build.Usings + """
            namespace Library;
            [Module] public sealed class Block { [Forward] public Tensor Forward(Tensor x) => x; }
            public static class Shared { public static Tensor Twice(Tensor x) => x + x; }
            """).WithAssemblyName("Library");
        using MemoryStream image = new();
        Assert.True(library.Emit(image).Success);
        CSharpCompilation compilation = Build.Compilation(Build.Usings + """
            [Model] public sealed partial class Net
            {
                private partial Library.Block First { get; }
                [Forward] private Tensor Predict([Shape(2)] Tensor x) => First.Forward(Library.Shared.Twice(x));
            }
            """).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        Assert.Equal(["MG0016 'First'", "MG0016 'Library.Shared.Twice(x)'"], Build.Run(compilation).Underlined());
    }

    [Fact]
    public void AllErrorsOfAClassAreReportedAtOnce()
    {
        Built built = Build.Run(Build.Usings + """
            [Model] public sealed partial class Net
            {
                [Dense(0)] private partial Tensor Fc1(Tensor x);
                [Dense(4)] private partial Tensor Fc2(Tensor x);
                [Forward] private Tensor Predict(Tensor x, [Shape(0)] Tensor y)
                {
                    while (true) { }
                    if (x > y) x = Sofmax(Fc1(y));
                    for (int i = 0; i < x.Rank; i++) y = Unknown(y);
                    return x;
                }
            }
            """);
        Assert.Equal(
            [
                "MG0003 '0'", "MG0006 'Fc2'", "MG0004 'x'", "MG0018 '0'", "MG0010 'while (true) { }'", "MG0013 'x > y'", "MG0011 'Sofmax'", "MG0012 'x.Rank'", "MG0012 'x.Rank'",
                "MG0011 'Unknown'",
            ],
            built.Underlined());
    }

    /// <summary>A method of two roles is one mistake, whatever follows from it.</summary>
    [Theory]
    [InlineData("[Dense(4), Recurrent] private partial Tensor Next(Tensor h); [Forward] private Tensor P([Shape(2, 4)] Tensor x) => Scan(x, 3, Next);")]
    [InlineData("[Dense(4), Recurrent] private partial Tensor Next(Tensor h); [Forward] private Tensor P([Shape(2, 4)] Tensor x) => Next(x);")]
    [InlineData("[Dense(4), Forward] private partial Tensor Next(Tensor h);")]
    [InlineData("[Dense(4), Forward, Recurrent] private partial Tensor Next(Tensor h);")]
    [InlineData("[Recurrent, Forward] private Tensor Next([Shape(2)] Tensor x) => x;")]
    [InlineData("[Loss, Recurrent] private Tensor Next([Shape(2)] Tensor x) => Sum(x);")]
    public void AMethodOfTwoRolesIsOneError(string members) => Assert.Equal(["MG0029 'Next'"], Build.Run(Build.Usings + Broken.Class(members)).Underlined());

    /// <summary>A state that a step assigns through calls is reported where it is assigned, once.</summary>
    [Fact]
    public void AStateAssignedByAStepIsOneError()
    {
        const string Members = """
            private Tensor Note(Tensor x) { Level = x; return x + Level; }
            private Tensor Again(Tensor x) => Note(Note(x)) + Level;
            [Forward] private Tensor P([Shape("batch", 4)] Tensor x) => Scan(x, 3, h => 2 * Again(h)) + Scan(Again(x), 3, h => Scan(h, 2, g => Note(g))[0], axis: 0)[0];
            """;
        Assert.Equal(["MG0010 'Level'"], Build.Run(Build.Usings + Broken.Stateful(Members)).Underlined());
    }

    [Fact]
    public void MessagesNameTheFix()
    {
        string[] messages = [.. Build.Run(Build.Usings + Broken.Body("if (x >= 1) x = Fc1(Sofmax(x));")).Reported.Select(diagnostic => diagnostic.GetMessage())];
        Assert.Contains(messages, message => message.Contains("Where(GreaterEqual(x, 1), a, b)"));
        Assert.Contains(messages, message => message.Contains("did you mean 'Softmax'?"));
    }

    /// <summary>The compiler shows no suppressed diagnostics; a location without a syntax tree would not be suppressed.</summary>
    [Fact]
    public void AWarningCanBeSwitchedOffWithAPragma()
    {
        string source = Build.Usings
            + Broken.Beside("#pragma warning disable MG0006\n[Dense(4)] private partial Tensor Fc9(Tensor x);\n#pragma warning restore MG0006");
        Assert.True(Assert.Single(Build.Run(source).Reported).IsSuppressed);
    }

    [Fact]
    public void AHelperOfTwoModelsIsReportedOnce()
    {
        const string Source = """
            public static class Shared { public static Tensor Bad(Tensor x) { while (true) { } return x; } }
            [Model] public sealed partial class A { [Forward] private Tensor P([Shape(2)] Tensor x) => Shared.Bad(x); }
            [Model] public sealed partial class B { [Forward] private Tensor P([Shape(2)] Tensor x) => Shared.Bad(x); }
            """;
        Assert.Single(Build.Run(Build.Usings + Source).Reported);
    }

    [Fact]
    public void AModulesErrorsAreReportedOnceAndStopItsModels()
    {
        string source = Build.Usings + Broken.Body("").Replace("Tensor x) => x;", "Tensor x) { while (true) { } return x; }");
        Built built = Build.Run(source);
        Assert.Equal(["MG0010 'while (true) { }'"], built.Underlined());
        Assert.Contains("was built with errors", built.File("Net.g.cs"));
    }

    [Fact]
    public void AFaultOfTheCompilerIsADiagnosticOnTheClass()
    {
        ModelSpec spec = SpecReader.Read("[Model, Input(2), Dense(2)] public sealed partial class Net;").Spec;
        CompiledSpec compiled = SafeCompiler.Guard(spec, () => throw new System.InvalidOperationException("line one\nline two"));
        DiagnosticSpec fault = Assert.Single(compiled.Result.Diagnostics.Items);
        Assert.Equal((DiagnosticCatalog.CompilerFault, spec.Type.Place, "Net"), (fault.Id, fault.Place, fault.Arguments[0]));
        Assert.StartsWith("InvalidOperationException: line one line two", fault.Arguments[1]);
        Assert.Throws<System.OperationCanceledException>(() => SafeCompiler.Guard(spec, () => throw new System.OperationCanceledException()));
    }

    [Fact]
    public void DescriptorsAreComplete() => Assert.All(DiagnosticCatalog.All.Values, descriptor =>
    {
        Assert.NotEmpty(descriptor.Title.ToString());
        Assert.Equal("docs/diagnostics/" + descriptor.Id + ".md", descriptor.HelpLinkUri);
    });
}
