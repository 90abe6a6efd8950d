using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Emit;
using ModelGen.FrontEnd;
using ModelGen.Specs;
using Xunit;

namespace ModelGen.Tests.Harness;

/// <summary>Surfaces of classes without errors, with output shapes given by the test in place of the compiler's.</summary>
internal static class Surfaces
{
    private static readonly string[] Steps = ["ReadModel", "ReadModule"];

    /// <summary>The settings that generated code has to bear: Debug, checked arithmetic, nullable off, all warnings.</summary>
    public static CSharpCompilationOptions Strict { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, checkOverflow: true, optimizationLevel: OptimizationLevel.Debug, warningLevel: 9999);

    /// <summary>The surfaces of all models and modules of a source; an output of an entry gets the dimensions named <c>Predict.output</c>:
    /// <c>batch, 10</c>.</summary>
    public static IReadOnlyList<string> Of(string source, IReadOnlyDictionary<string, string> outputs)
    {
        GeneratorDriverRunResult result = Build.Driver(steps: true).RunGenerators(Build.Compilation(source)).GetRunResult();
        return [.. Steps.SelectMany(step => result.Results[0].TrackedSteps.TryGetValue(step, out var runs) ? runs : [])
            .SelectMany(run => run.Outputs).Select(output => ((ModelReading)output.Value).Spec)
            .SelectMany(spec => Files(spec, Facts(spec, outputs)))];
    }

    /// <summary>The C# compiler's complaints about a source with its surfaces.</summary>
    public static IReadOnlyList<string> Problems(string source, IReadOnlyDictionary<string, string> outputs) =>
        [.. Build.Compilation(Strict, [source, .. Of(source, outputs)]).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Select(diagnostic => diagnostic.ToString())];

    private static string[] Files(ModelSpec spec, ModelFacts facts) => spec.IsModule
        ? [SurfaceWriter.Write(DescribeSurface.Of(spec, facts))]
        : [SurfaceWriter.Write(DescribeSurface.Of(spec, facts)), ParametersWriter.Write(DescribeSurface.Parameters(spec, facts))];

    private static ModelFacts Facts(ModelSpec spec, IReadOnlyDictionary<string, string> outputs)
    {
        Assert.False(spec.HasErrors);
        ModelFacts facts = ErrorFacts.Of(spec);
        ParameterPlan weight = new("Fc1.weight", [], [10, 784], 0, "Uniform", 0.125);
        return facts with
        {
            Fingerprint = "f00d",
            ParameterLength = spec.IsModule ? 0 : 7840,
            Parameters = spec.IsModule ? [] : [weight],
            Entries = facts.Entries.Select(entry => entry with { Outputs = entry.Outputs.Select(output => Shaped(entry, output, outputs)).ToEquatableArray() })
                .ToEquatableArray(),
        };
    }

    private static TensorSpec Shaped(EntrySpec entry, TensorSpec output, IReadOnlyDictionary<string, string> outputs) =>
        outputs.TryGetValue(entry.Name + "." + output.Name, out string? dims)
            ? output with { Dims = dims.Split(", ", System.StringSplitOptions.RemoveEmptyEntries).ToEquatableArray() }
            : output;
}
