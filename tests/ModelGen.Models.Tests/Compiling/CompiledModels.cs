extern alias generator;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Models.Tests.OnDevice;

namespace ModelGen.Models.Tests.Compiling;

/// <summary>Classes compiled by the generator and loaded: what a user's project would hold.</summary>
internal sealed class CompiledModels
{
    private const string Usings = "using System; using ModelGen; using static ModelGen.Functional;\n";

    // Neither the generator nor this project, which holds a sample's model, too.
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is not ("ModelGen.dll" or "ModelGen.Models.Tests.dll")).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];

    private readonly Assembly assembly;

    private CompiledModels(Assembly assembly, ImmutableArray<(string Name, string Text)> files)
    {
        this.assembly = assembly;
        Files = files;
    }

    /// <summary>Gets the generated files.</summary>
    public ImmutableArray<(string Name, string Text)> Files { get; }

    /// <summary>Gets the classes with <c>[Model]</c>.</summary>
    public IEnumerable<Type> Classes =>
        assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Model))).OrderBy(type => type.FullName, StringComparer.Ordinal);

    /// <summary>Compiles source that may use the words directly. Anything that the compiler or the generator reports is a failure.</summary>
    public static CompiledModels Compile(params string[] sources) => CompileFiles([.. sources.Select(source => Usings + source)]);

    /// <summary>Compiles whole files. Anything that the compiler or the generator reports is a failure.</summary>
    public static CompiledModels CompileFiles(params string[] sources)
    {
        (Compilation compilation, ImmutableArray<Diagnostic> reported, ImmutableArray<(string, string)> files) = Generate(sources);
        using MemoryStream image = new();
        var result = compilation.Emit(image);
        IEnumerable<Diagnostic> bad = reported.Concat(result.Diagnostics).Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed);
        if (bad.Any())
        {
            throw new InvalidOperationException(string.Join("\n", bad.Take(20).Select(diagnostic => diagnostic + "\n    " + LineOf(diagnostic))));
        }

        return new CompiledModels(Assembly.Load(image.ToArray()), files);
    }

    /// <summary>Runs the generator alone.</summary>
    public static (Compilation Compilation, ImmutableArray<Diagnostic> Reported, ImmutableArray<(string Name, string Text)> Files) Generate(string source, bool trace = false) =>
        Generate([Usings + source], trace);

    /// <summary>A model of a class by its name.</summary>
    public Model Create(string name, ulong seed = 0, Device? device = null) => Create(assembly.GetType(name, throwOnError: true)!, seed, device);

    /// <summary>One model of every class.</summary>
    public IEnumerable<Model> CreateAll(ulong seed) => Classes.Select(type => Create(type, seed, null));

    private static Model Create(Type type, ulong seed, Device? device) => (Model)Activator.CreateInstance(type, device ?? TestDevice.Current, seed)!;

    private static (Compilation Compilation, ImmutableArray<Diagnostic> Reported, ImmutableArray<(string Name, string Text)> Files) Generate(string[] sources, bool trace = false)
    {
        CSharpParseOptions parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Models" + Guid.NewGuid().ToString("N"), sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, parse, index == 0 ? "Models.cs" : $"Models{index}.cs")), References, options);
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new generator::ModelGen.ModelGenerator().AsSourceGenerator()], parseOptions: parse, optionsProvider: new TraceOptions(trace))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        GeneratorDriverRunResult result = driver.GetRunResult();
        return (updated, result.Diagnostics, [.. result.GeneratedTrees.Select(tree => (Path.GetFileName(tree.FilePath), tree.ToString()))]);
    }

    private static string LineOf(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree ? tree.GetText().Lines[diagnostic.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() : string.Empty;
}
