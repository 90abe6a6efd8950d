using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads how a class and the types around it are declared.</summary>
internal static class DeclarationReader
{
    private static readonly SymbolDisplayFormat NamespaceFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    public static TypeSpec Read(Reading reading, INamedTypeSymbol type)
    {
        IEnumerable<string> containing = Outwards(type).Skip(1).Reverse().Select(outer => Declaration(outer) + " " + NameOf(outer));
        string space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(NamespaceFormat);
        return new TypeSpec(
            space,
            NameOf(type),
            Declaration(type),
            containing.ToEquatableArray(),
            SyntaxFacts.GetText(type.DeclaredAccessibility),
            reading.PlaceOf(type))
        {
            IsPartial = IsPartial(type),
        };
    }

    /// <summary>Whether every declaration of a class, and of the types around it, is partial.</summary>
    public static bool IsPartial(INamedTypeSymbol type) => Outwards(type).SelectMany(Parts).All(part => part.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>A class and the types around it, from the inside.</summary>
    public static IEnumerable<INamedTypeSymbol> Outwards(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            yield return outer;
        }
    }

    /// <summary>The declarations of a class in source.</summary>
    public static IEnumerable<TypeDeclarationSyntax> Parts(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Select(part => part.GetSyntax()).OfType<TypeDeclarationSyntax>();

    private static string NameOf(INamedTypeSymbol type)
    {
        string name = SignatureText.Name(type.Name);
        return type.TypeParameters.Length == 0 ? name : name + "<" + string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name)) + ">";
    }

    private static string Declaration(INamedTypeSymbol type)
    {
        string modifiers = (type.DeclaredAccessibility == Accessibility.NotApplicable ? "" : SyntaxFacts.GetText(type.DeclaredAccessibility) + " ")
            + (type.IsStatic ? "static " : type.TypeKind != TypeKind.Class ? "" : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "");
        string keyword = (type.IsRecord ? "record " : "") + (type.TypeKind switch
        {
            TypeKind.Struct => "struct",
            TypeKind.Interface => "interface",
            _ => type.IsRecord ? "" : "class",
        });
        return modifiers + "partial " + keyword.TrimEnd();
    }
}
