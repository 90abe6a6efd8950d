using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;
using ModelGen.Tests.Harness;
using Xunit;

namespace ModelGen.Tests.Snapshots;

/// <summary>
/// The generated code compiles without a warning where everything is set against it: Debug, checked arithmetic, nullable off, no implicit usings, documentation on,
/// every rule of the platform's analyzers, and a namespace that hides <c>System</c>.
/// </summary>
public class CompiledSnapshotTests
{
    [Theory]
    [MemberData(nameof(SnapshotModels.All), MemberType = typeof(SnapshotModels))]
    public async Task NothingIsReported(string name, string source)
    {
        Assert.NotEmpty(name);
        Compilation compilation = Compile(source);
        compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(Analyzers.Rules));
        using MemoryStream code = new();
        using MemoryStream documentation = new();
        EmitResult result = compilation.Emit(code, xmlDocumentationStream: documentation);
        ImmutableArray<Diagnostic> analyzed = await compilation.WithAnalyzers(Analyzers.All).GetAnalyzerDiagnosticsAsync();
        Assert.True(Analyzers.All.Length > 100 && Analyzers.Rules.Count > 100);
        Assert.Empty(result.Diagnostics.Concat(analyzed).Where(IsProblem).Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public async Task TheAnalyzersAreAtWork()
    {
        Compilation compilation = Build.Compilation(Surfaces.Strict.WithSpecificDiagnosticOptions(Analyzers.Rules), "public class Some_Name { public static int[] Values = null; }");
        ImmutableArray<Diagnostic> analyzed = await compilation.WithAnalyzers(Analyzers.All).GetAnalyzerDiagnosticsAsync();
        Assert.Contains(analyzed, diagnostic => diagnostic.Id == "CA1707");
    }

    /// <summary>Below these limits the JIT optimises a method (facts about RyuJIT: 60,000 bytes, 2,000 locals; it inlines up to 512 locals).</summary>
    [Theory]
    [MemberData(nameof(SnapshotModels.All), MemberType = typeof(SnapshotModels))]
    public void MethodsStayUnderTheJitsLimits(string name, string source)
    {
        Assert.NotEmpty(name);
        using MemoryStream code = new();
        Assert.True(Compile(source).Emit(code).Success);
        foreach (MethodBase method in Methods(Assembly.Load(code.ToArray())))
        {
            MethodBody body = method.GetMethodBody()!;
            Assert.InRange(body.GetILAsByteArray()!.Length, 0, 4000);
            Assert.InRange(body.LocalVariables.Count, 0, 512);
        }
    }

    /// <summary>The compilation with what the generator added, in Debug.</summary>
    internal static Compilation Compile(string source)
    {
        Built built = Build.Run(Build.Compilation(Surfaces.Strict, source));
        Assert.Empty(built.Reported);
        return built.Compilation;
    }

    private static bool IsProblem(Diagnostic diagnostic) =>
        diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static IEnumerable<MethodBase> Methods(Assembly assembly) => assembly.GetTypes()
        .SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .OfType<MethodBase>().Where(method => method.GetMethodBody() is not null);
}
