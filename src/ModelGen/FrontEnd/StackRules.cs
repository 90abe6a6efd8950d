using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What a stack has to have: one part, an input, layers, and at most one loss at its end.</summary>
internal static class StackRules
{
    public static void Check(ClassScope scope, List<AttributeData> attributes)
    {
        Reading reading = scope.Reading;
        int place = reading.PlaceOf(scope.Type);
        if (attributes.Select(PartOf).Distinct().Count() > 1)
        {
            SyntaxNode? first = PartOf(attributes[0]);
            int second = reading.PlaceOf(attributes.First(attribute => PartOf(attribute) != first));
            reading.Report(DiagnosticCatalog.StackInTwoParts, second, scope.Type.Name);
        }

        foreach ((string fault, int at) in Faults(scope, attributes, place))
        {
            reading.Report(DiagnosticCatalog.BadStack, at, scope.Type.Name, fault);
        }
    }

    private static IEnumerable<(string Fault, int Place)> Faults(ClassScope scope, List<AttributeData> attributes, int place)
    {
        Reading reading = scope.Reading;
        List<AttributeData> losses = [.. attributes.Where(Vocabulary.IsStackLoss)];
        if (Vocabulary.IsModule(scope.Type))
        {
            yield return ("is a [Module], and a stack is always a [Model]: write the module with partial methods and a [Forward] method", place);
        }

        if (attributes.FirstOrDefault(StackReader.IsInput) is not AttributeData input)
        {
            yield return ("has no input: write [Input(\"batch\", …)] with a number or a name per dimension", place);
        }
        else if (input.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Array, IsNull: false, Values.Length: 0 })
        {
            yield return ("has an input without dimensions: write [Input(\"batch\", …)]", reading.PlaceOf(input));
        }

        if (!attributes.Any(Vocabulary.IsLayer))
        {
            yield return ("has no layer: write one after [Input(…)], such as [Dense(10)]", place);
        }

        foreach (AttributeData loss in losses.Skip(1))
        {
            yield return ("has a second loss: keep one", reading.PlaceOf(loss));
        }

        if (losses.Count > 0 && attributes.SkipWhile(attribute => attribute != losses[0]).FirstOrDefault(Vocabulary.IsLayer) is AttributeData late)
        {
            yield return ("has a layer after its loss: move the loss to the end", reading.PlaceOf(late));
        }

        foreach (ISymbol member in scope.Members.Where(IsOfFullForm))
        {
            yield return ($"also declares '{member.Name}': a class is either a stack or has members with attributes", reading.PlaceOf(member));
        }
    }

    private static bool IsOfFullForm(ISymbol member) =>
        Vocabulary.FindLayer(member) is not null
        || Vocabulary.Find(member, "ParameterAttribute") is not null
        || Vocabulary.Find(member, "StateAttribute") is not null
        || (member is IPropertySymbol property && Vocabulary.IsModule(property.Type))
        || (member is IMethodSymbol method && MethodReader.RoleOf(method) != MethodRole.Plain);

    private static SyntaxNode? PartOf(AttributeData attribute) =>
        attribute.ApplicationSyntaxReference?.GetSyntax().FirstAncestorOrSelf<TypeDeclarationSyntax>();
}
