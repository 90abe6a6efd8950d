using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads what a method returns: a tensor, or a tuple of tensors.</summary>
internal static class ResultReader
{
    public static int Count(Reading reading, IMethodSymbol method, MethodRole role)
    {
        ITypeSymbol type = method.ReturnType;
        if (Vocabulary.IsTensor(type))
        {
            return 1;
        }

        if (type is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.All(element => Vocabulary.IsTensor(element.Type))
            && role is MethodRole.Forward or MethodRole.Plain)
        {
            return tuple.TupleElements.Length;
        }

        reading.HasErrors = true;
        if (type.TypeKind != TypeKind.Error)
        {
            SyntaxNode? node = (method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as MethodDeclarationSyntax)?.ReturnType;
            string fix = role is MethodRole.Forward or MethodRole.Plain ? "a Tensor or a tuple of Tensors" : "a Tensor, one number";
            reading.Report(
                DiagnosticCatalog.WrongReturnType,
                node is null ? reading.PlaceOf(method) : reading.PlaceOf(node),
                method.Name,
                method.ReturnsVoid ? "nothing" : type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
                fix);
        }

        return 1;
    }

    /// <summary>The names of a tuple's elements, empty for those without a name.</summary>
    public static EquatableArray<string> Names(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple
            ? tuple.TupleElements.Select(element => element.IsExplicitlyNamedTupleElement ? element.Name : "").ToEquatableArray()
            : [];
}
