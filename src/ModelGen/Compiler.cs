using System.Threading;
using ModelGen.Diagnostics;
using ModelGen.Model;

namespace ModelGen;

/// <summary>From a spec to code: the stages behind the front end. A placeholder until they are joined.</summary>
internal static class Compiler
{
    public static CompiledModel Compile(ModelSpec spec, CompilerOptions options, CancellationToken cancellation) => new([], []);
}

internal sealed record CompilerOptions(bool Trace, bool Optimize);

internal sealed record GeneratedFile(string Name, string Text);

internal sealed record CompiledModel(EquatableArray<GeneratedFile> Files, EquatableArray<DiagnosticSpec> Diagnostics);
