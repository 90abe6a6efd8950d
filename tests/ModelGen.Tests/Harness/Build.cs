extern alias Runtime;

using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests.Harness;

/// <summary>Compiles a source text with the generator, as a build does.</summary>
internal static class Build
{
    /// <summary>What the sources of these tests begin with, on a line of its own.</summary>
    public const string Usings = "using ModelGen; using static ModelGen.Functional;\n";

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)System.AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name.StartsWith("System.", System.StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "Microsoft.CSharp.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Runtime::ModelGen.Model).Assembly.Location),
    ];

    public static CSharpCompilation Compilation(params string[] sources) => Compilation(Options(), sources);

    public static CSharpCompilation Compilation(CSharpCompilationOptions options, params string[] sources) =>
        CSharpCompilation.Create("Test", sources.Select((source, index) => Tree(source, index)), References, options);

    public static CSharpCompilationOptions Options() =>
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    public static SyntaxTree Tree(string source, int index = 0) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source, System.Text.Encoding.UTF8), Parse, path: "/src/Source" + index + ".cs");

    public static CSharpGeneratorDriver Driver(bool steps = false) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: Parse,
        optionsProvider: new VerifyOptions(),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: steps));

    /// <summary>The compilation with what the generator added, and all diagnostics of both.</summary>
    public static Built Run(params string[] sources) => Run(Compilation(sources));

    public static Built Run(Compilation compilation)
    {
        GeneratorDriver driver = Driver().RunGeneratorsAndUpdateCompilation(
            compilation,
            out Compilation output,
            out ImmutableArray<Diagnostic> reported);
        return new Built(output, reported, output.GetDiagnostics(), driver.GetRunResult());
    }
}

/// <summary>A finished build: <c>Reported</c> are the generator's diagnostics, <c>Csharp</c> the compiler's.</summary>
internal sealed record Built(
    Compilation Compilation,
    ImmutableArray<Diagnostic> Reported,
    ImmutableArray<Diagnostic> Csharp,
    GeneratorDriverRunResult Result)
{
    /// <summary>The generated file whose name ends so.</summary>
    public string File(string ending) =>
        Result.GeneratedTrees.Single(tree => tree.FilePath.EndsWith(ending, System.StringComparison.Ordinal)).ToString();

    /// <summary>The generator's diagnostics as <c>MG0004 'text'</c>, where the text is the source that is underlined.</summary>
    public IEnumerable<string> Underlined() => Reported
        .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, System.StringComparer.Ordinal)
        .Select(diagnostic => diagnostic.Id + " '" + (diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "?") + "'");

    public IEnumerable<string> CsharpProblems() =>
        Csharp.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString());
}
