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
        CheckLimits(source, 4000, 512);
    }

    /// <summary>An entry's method only starts kernels, and may run unoptimised where 256 unrolled iterations make it long; kernels may not.</summary>
    [Fact]
    public void KernelsOfTheLongestUnrolledLoopStayUnderThem() => CheckLimits(
        Build.Usings + """
        [Model] public sealed partial class Net
        {
            [Dense(6)] private partial Tensor Hop(Tensor x);
            [Forward] private Tensor Predict([Shape("batch", 6)] Tensor x) { for (int i = 0; i < 256; i++) { if (i == 1) x = Relu(x); x = Hop(x); } return x; }
            [Loss] private Tensor Loss(Tensor predict, [Shape("batch", 6)] Tensor target) => Mse(predict, target);
        }
        """,
        60_000,
        512,
        method => method.DeclaringType!.FullName!.Contains("+Kernels", StringComparison.Ordinal));

    private static void CheckLimits(string source, int bytes, int locals, Func<MethodBase, bool>? counts = null)
    {
        using MemoryStream code = new();
        Assert.True(Compile(source).Emit(code).Success);
        foreach (MethodBase method in Methods(Assembly.Load(code.ToArray())).Where(counts ?? (_ => true)))
        {
            MethodBody body = method.GetMethodBody()!;
            Assert.True(
                body.GetILAsByteArray()!.Length <= bytes && body.LocalVariables.Count <= locals,
                $"{method.DeclaringType}.{method.Name} has {body.GetILAsByteArray()!.Length} bytes and {body.LocalVariables.Count} locals");
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
