using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What the bodies of one class may refer to: its layers, parameters, states, modules and methods.</summary>
internal sealed class ClassScope(Reading reading, INamedTypeSymbol type)
{
    private readonly HashSet<string> used = [];

    public Reading Reading { get; } = reading;

    public INamedTypeSymbol Type { get; } = type;

    public Dictionary<ISymbol, LayerSpec> Layers { get; } = new(SymbolEqualityComparer.Default);

    public Dictionary<ISymbol, ParameterSpec> Parameters { get; } = new(SymbolEqualityComparer.Default);

    public Dictionary<ISymbol, StateSpec> States { get; } = new(SymbolEqualityComparer.Default);

    public Dictionary<ISymbol, ChildSpec> Children { get; } = new(SymbolEqualityComparer.Default);

    public MethodTable Methods { get; } = new(type);

    /// <summary>Gets the local functions that are being read as steps; one among them leads back to itself.</summary>
    public List<IMethodSymbol> OpenSteps { get; } = [];

    /// <summary>Gets the members in the order of the source.</summary>
    public IEnumerable<ISymbol> Members =>
        Type.GetMembers().Where(member => !member.IsImplicitlyDeclared && member.Locations.Any(place => place.IsInSource));

    public void Use(string member) => used.Add(member);

    public bool IsUsed(string member) => used.Contains(member);
}
