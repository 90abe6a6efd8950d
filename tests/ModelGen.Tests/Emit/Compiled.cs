extern alias Runtime;

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Runtime::ModelGen.Cpu;

namespace ModelGen.Tests.Emit;

/// <summary>Compiles printed files in memory, under the settings that are hardest on them.</summary>
internal static class Compiled
{
    /// <summary>The user's part of the class that <see cref="Ir.Plan"/> names.</summary>
    public const string UserPart = "namespace X.System;\n/// <summary>A network.</summary>\npublic sealed partial class Net { }\n";

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
        MetadataReference.CreateFromFile(typeof(Launch).Assembly.Location),
    ];

    /// <summary>The compiled assembly; every warning is an error.</summary>
    public static Assembly Load(IEnumerable<string> files, OptimizationLevel optimization = OptimizationLevel.Release)
    {
        using MemoryStream code = new();
        using MemoryStream documentation = new();
        EmitResult result = Compilation(files, optimization).Emit(code, xmlDocumentationStream: documentation);
        Diagnostic[] problems = [.. result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];
        if (problems.Length > 0)
        {
            throw new InvalidOperationException(string.Join("\n", problems.Select(problem => problem.ToString()).Concat(files)));
        }

        return Assembly.Load(code.ToArray());
    }

    private static CSharpCompilation Compilation(IEnumerable<string> files, OptimizationLevel optimization) => CSharpCompilation.Create(
        "Printed",
        files.Select((file, index) => CSharpSyntaxTree.ParseText(file, Parse, $"File{index}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: optimization,
            checkOverflow: true,
            allowUnsafe: false,
            warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Disable));
}
