using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Emit;
using ModelGen.FrontEnd;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>The whole pipeline: attributed classes → specs → surface, compiled files and diagnostics.</summary>
/// <remarks>
/// Reading runs again on every edit anywhere; all that follows is cached by value. An edit above a class moves the places of its reading
/// and leaves its spec equal, so that then only the diagnostics are located anew.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<ModelReading> models = Read(context, Vocabulary.ModelAttribute, isModule: false);
        IncrementalValuesProvider<ModelReading> modules = Read(context, Vocabulary.ModuleAttribute, isModule: true);
        IncrementalValueProvider<CompilerOptions> options = context.AnalyzerConfigOptionsProvider.Select(CompilerOptionsReader.Read)
            .WithTrackingName("Options");

        IncrementalValuesProvider<ModelSpec> modelSpecs = models.Select(SpecOf).WithTrackingName("ModelSpec");
        IncrementalValuesProvider<ModelSpec> moduleSpecs = modules.Select(SpecOf).WithTrackingName("ModuleSpec");
        IncrementalValuesProvider<DescribedModel> described = modelSpecs.Where(CanHaveParts).Select(SafeCompiler.Describe).WithTrackingName("Describe");
        context.RegisterSourceOutput(described.Select(SurfaceOf).WithTrackingName("ModelSurface"), AddSurface);
        context.RegisterSourceOutput(described.Select(ParametersOf).WithTrackingName("Parameters"), AddParameters);
        context.RegisterSourceOutput(moduleSpecs.Where(CanHaveParts).Select(SafeCompiler.DescribeModule).WithTrackingName("ModuleSurface"), AddSurface);

        IncrementalValuesProvider<CompiledSpec> compiled = modelSpecs.Combine(options).Select(SafeCompiler.Compile).WithTrackingName("Compile");
        context.RegisterImplementationSourceOutput(compiled.Select(FilesOf).WithTrackingName("Files"), AddFiles);

        IncrementalValuesProvider<LocatedDiagnostics> located = models.Collect().Combine(modules.Collect())
            .Combine(compiled.Select(FindingsOf).WithTrackingName("Findings").Collect())
            .SelectMany(LocatedDiagnostics.Join).WithTrackingName("Locate");
        context.RegisterSourceOutput(located.Combine(context.CompilationProvider), Report);
    }

    private static IncrementalValuesProvider<ModelReading> Read(IncrementalGeneratorInitializationContext context, string attribute, bool isModule) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                (found, token) => TypeReader.Read(found, isModule, token))
            .SelectMany(static (reading, _) => reading is null ? ImmutableArray<ModelReading>.Empty : [reading])
            .WithTrackingName(isModule ? "ReadModule" : "ReadModel");

    private static ModelSpec SpecOf(ModelReading reading, CancellationToken cancellation) => reading.Spec;

    /// <summary>A generated part of a class that is not partial would be an error of its own.</summary>
    private static bool CanHaveParts(ModelSpec spec) => spec.Type.IsPartial;

    private static SurfaceSpec SurfaceOf(DescribedModel model, CancellationToken cancellation) => model.Surface;

    private static ParametersSpec ParametersOf(DescribedModel model, CancellationToken cancellation) => model.Parameters;

    private static EquatableArray<GeneratedFile> FilesOf(CompiledSpec compiled, CancellationToken cancellation) => compiled.Result.Files;

    private static Findings FindingsOf(CompiledSpec compiled, CancellationToken cancellation) => new(compiled.Key, compiled.Result.Diagnostics);

    private static void AddSurface(SourceProductionContext context, SurfaceSpec surface) =>
        context.AddSource(FileNames.Of(surface.Key, "g.cs"), SurfaceWriter.Write(surface));

    private static void AddParameters(SourceProductionContext context, ParametersSpec parameters) =>
        context.AddSource(FileNames.Of(parameters.Key, "Parameters.g.cs"), ParametersWriter.Write(parameters));

    private static void AddFiles(SourceProductionContext context, EquatableArray<GeneratedFile> files)
    {
        foreach (GeneratedFile file in files)
        {
            context.AddSource(file.Name, file.Text);
        }
    }

    private static void Report(SourceProductionContext context, (LocatedDiagnostics Found, Compilation Compilation) all)
    {
        foreach (Diagnostic diagnostic in all.Found.ToDiagnostics(all.Compilation))
        {
            context.ReportDiagnostic(diagnostic);
        }
    }
}
