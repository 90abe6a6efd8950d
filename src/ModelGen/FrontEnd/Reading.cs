using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What the reading of one class shares among its readers: the compilation, the places and the errors found so far.</summary>
internal sealed class Reading(Compilation compilation, PlaceTable places, CancellationToken cancellation)
{
    private readonly List<DiagnosticSpec> diagnostics = [];

    public Compilation Compilation { get; } = compilation;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Gets the modules that are being read, the outermost first; a module among them contains itself.</summary>
    public List<INamedTypeSymbol> OpenModules { get; private set; } = [];

    /// <summary>Gets the modules that were read, by their keys.</summary>
    public SortedDictionary<string, ModelSpec> Modules { get; private set; } = new(System.StringComparer.Ordinal);

    /// <summary>Gets or sets a value indicating whether something cannot be compiled, reported here or by the C# compiler.</summary>
    public bool HasErrors { get; set; }

    public EquatableArray<DiagnosticSpec> Diagnostics => diagnostics.Distinct().ToEquatableArray();

    /// <summary>The reading of a module within this one: the places are shared, the diagnostics are the module's own business.</summary>
    public Reading ForModule(INamedTypeSymbol module) =>
        new(Compilation, places, Cancellation) { OpenModules = [.. OpenModules, module], Modules = Modules };

    public int PlaceOf(SyntaxNode node) => places.Add(node.GetLocation());

    public int PlaceOf(SyntaxToken token) => places.Add(token.GetLocation());

    /// <summary>The place of a symbol's name in source; a symbol without source stands at <paramref name="otherwise"/>.</summary>
    public int PlaceOf(ISymbol symbol, int otherwise = 0) =>
        symbol.Locations.FirstOrDefault(location => location.IsInSource) is Location location ? places.Add(location) : otherwise;

    public int PlaceOf(AttributeData attribute, int otherwise = 0) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(Cancellation) is SyntaxNode node ? PlaceOf(node) : otherwise;

    public void Report(string id, int place, params string[] arguments)
    {
        diagnostics.Add(DiagnosticSpec.Of(id, place, arguments));
        HasErrors |= DiagnosticCatalog.All[id].DefaultSeverity == DiagnosticSeverity.Error;
    }

    public void Report(string id, SyntaxNode node, params string[] arguments) => Report(id, PlaceOf(node), arguments);

    public SemanticModel SemanticModelOf(SyntaxNode node) => Compilation.GetSemanticModel(node.SyntaxTree);
}
