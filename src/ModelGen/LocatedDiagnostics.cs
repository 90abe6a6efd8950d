using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.FrontEnd;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>What a model's compilation found.</summary>
internal sealed record Findings(string Key, EquatableArray<DiagnosticSpec> Diagnostics);

/// <summary>A diagnostic with its place; the only ones are those of classes with something to report.</summary>
internal sealed record LocatedDiagnostic(DiagnosticSpec Diagnostic, Place? Place);

/// <summary>All diagnostics with their places. There is none of these where there is nothing to report, so that nothing then depends on the
/// compilation.</summary>
internal sealed record LocatedDiagnostics(EquatableArray<LocatedDiagnostic> Items)
{
    /// <summary>Joins what the front end and the compiler found with the tables of places. A helper read for two models is reported once.</summary>
    public static ImmutableArray<LocatedDiagnostics> Join(
        ((ImmutableArray<ModelReading> Models, ImmutableArray<ModelReading> Modules) Readings, ImmutableArray<Findings> Findings) all,
        CancellationToken cancellation)
    {
        ILookup<string, DiagnosticSpec> found = all.Findings
            .SelectMany(finding => finding.Diagnostics.Select(diagnostic => (finding.Key, diagnostic)))
            .ToLookup(pair => pair.Key, pair => pair.diagnostic);
        EquatableArray<LocatedDiagnostic> items = all.Readings.Models.Concat(all.Readings.Modules)
            .SelectMany(reading => Located(reading, reading.Diagnostics.Concat(reading.Spec.IsModule ? [] : found[reading.Spec.Key])))
            .GroupBy(item => (item.Place, item.Diagnostic.Id, item.Diagnostic.Arguments)).Select(group => group.First())
            .ToEquatableArray();
        return items.Count == 0 ? [] : [new LocatedDiagnostics(items)];
    }

    public IEnumerable<Diagnostic> ToDiagnostics(Compilation compilation)
    {
        Dictionary<string, SyntaxTree> trees = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            trees[tree.FilePath] = tree;
        }

        return Items.Select(item => Diagnostic.Create(
            DiagnosticCatalog.All[item.Diagnostic.Id],
            item.Place?.ToLocation(trees) ?? Location.None,
            [.. item.Diagnostic.Arguments.Items.Cast<object>()]));
    }

    private static IEnumerable<LocatedDiagnostic> Located(ModelReading reading, IEnumerable<DiagnosticSpec> diagnostics) =>
        diagnostics.Select(diagnostic => new LocatedDiagnostic(
            diagnostic,
            diagnostic.Place >= 0 && diagnostic.Place < reading.Places.Count ? reading.Places[diagnostic.Place] : null));
}
