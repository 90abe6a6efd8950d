using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Finds a method's body, bound by the C# compiler, and has its statements read.</summary>
internal static class BodyReader
{
    public static EquatableArray<Statement> Read(ClassScope scope, string key, IMethodSymbol method)
    {
        Reading reading = scope.Reading;
        IMethodSymbol implementation = method.PartialImplementationPart ?? method;
        SyntaxNode? syntax = implementation.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(reading.Cancellation);
        IOperation? operation = syntax is null ? null : reading.SemanticModelOf(syntax).GetOperation(syntax, reading.Cancellation);
        IBlockOperation? block = operation is IMethodBodyOperation body ? body.BlockBody ?? body.ExpressionBody : null;
        if (block is null)
        {
            reading.Report(
                DiagnosticCatalog.UnsupportedSyntax,
                reading.PlaceOf(method),
                $"'{method.Name}'",
                "it has no body; write one, or make it a layer with an attribute such as [Dense(10)]");
            ImplementBare(scope, method);
            return [];
        }

        return new StatementReader(scope, key).Read(block.Operations);
    }

    /// <summary>The surface gives the method a body that throws, so that only our error is shown and not the C# compiler's as well.</summary>
    private static void ImplementBare(ClassScope scope, IMethodSymbol method)
    {
        if (method is { IsPartialDefinition: true, PartialImplementationPart: null }
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Type))
        {
            scope.Layers[method] = new LayerSpec(method.Name, "", [], [], SignatureText.Of(method), scope.Reading.PlaceOf(method));
            scope.Use(method.Name);
        }
    }
}
