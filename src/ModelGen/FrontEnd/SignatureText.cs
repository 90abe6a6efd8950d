using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ModelGen.FrontEnd;

/// <summary>Declarations as the generated part repeats them: the user's modifiers and names, every type with its full name.</summary>
internal static class SignatureText
{
    private static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Of(ITypeSymbol type) => type.ToDisplayString(TypeFormat);

    public static string Of(IMethodSymbol method)
    {
        string modifiers = Modifiers(method);
        string generic = method.TypeParameters.Length == 0
            ? ""
            : "<" + string.Join(", ", method.TypeParameters.Select(parameter => parameter.Name)) + ">";
        string returns = method.ReturnsVoid ? "void" : RefOf(method.RefKind) + Of(method.ReturnType);
        return $"{modifiers}{returns} {Name(method.Name)}{generic}({string.Join(", ", method.Parameters.Select(Of))})";
    }

    public static string Of(IPropertySymbol property) => $"{Modifiers(property)}{Of(property.Type)} {Name(property.Name)}";

    /// <summary>A name, with <c>@</c> where it is a keyword.</summary>
    public static string Name(string name) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? name : "@" + name;

    private static string Of(IParameterSymbol parameter) =>
        (parameter.IsThis() ? "this " : parameter.IsParams ? "params " : RefOf(parameter.RefKind)) + Of(parameter.Type) + " " + Name(parameter.Name);

    private static bool IsThis(this IParameterSymbol parameter) =>
        parameter.Ordinal == 0 && parameter.ContainingSymbol is IMethodSymbol { IsExtensionMethod: true };

    private static string RefOf(RefKind kind) => kind switch
    {
        RefKind.Ref => "ref ",
        RefKind.Out => "out ",
        RefKind.In => "in ",
        RefKind.RefReadOnlyParameter => "ref readonly ",
        _ => "",
    };

    private static string Modifiers(ISymbol member) =>
        member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MemberDeclarationSyntax syntax
            ? string.Concat(syntax.Modifiers.Select(modifier => modifier.Text + " "))
            : "";
}
