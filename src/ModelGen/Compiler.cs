using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Model;

namespace ModelGen;

/// <summary>From a spec to code: the stages behind the front end. A placeholder until they are joined.</summary>
internal static class Compiler
{
    public static CompiledModel Compile(ModelSpec spec, CompilerOptions options, CancellationToken cancellation) => new([], []);

    public static SurfaceSpec Describe(ModelSpec spec) => DescribeSurface.Of(spec, facts: null);
}

/// <param name="Trace">Whether the graph after each pass is written to a file of comments.</param>
internal sealed record CompilerOptions(bool Trace);

internal sealed record GeneratedFile(string Name, string Text);

internal sealed record CompiledModel(EquatableArray<GeneratedFile> Files, EquatableArray<DiagnosticSpec> Diagnostics);
