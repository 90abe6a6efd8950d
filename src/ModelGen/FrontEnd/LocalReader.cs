using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Names locals and parameters so that each name means one of them wherever it is read.</summary>
internal static class LocalReader
{
    /// <summary>The symbol's own name, unless it hides a local of a function around its own.</summary>
    public static string NameOf(Reading reading, ISymbol symbol)
    {
        int depth = 0;
        bool hides = false;
        for (ISymbol function = symbol.ContainingSymbol; IsStep(function); function = function.ContainingSymbol)
        {
            depth++;
            SyntaxNode? syntax = function.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(reading.Cancellation);
            hides |= syntax is not null
                && reading.SemanticModelOf(syntax).LookupSymbols(syntax.SpanStart, name: symbol.Name).Any(other => other is ILocalSymbol or IParameterSymbol);
        }

        return hides ? LocalNames.Hiding(symbol.Name, depth) : symbol.Name;
    }

    private static bool IsStep(ISymbol symbol) => symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction };
}
