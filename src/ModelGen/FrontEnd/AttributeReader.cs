using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads an attribute's arguments under the names of the constructor's parameters and of the properties.</summary>
internal static class AttributeReader
{
    public static EquatableArray<Argument> Arguments(Reading reading, AttributeData attribute)
    {
        List<Argument> arguments = [];
        int otherwise = reading.PlaceOf(attribute);
        reading.HasErrors |= attribute.AttributeConstructor is null || HasErrors(attribute);
        for (int i = 0; i < attribute.ConstructorArguments.Length; i++)
        {
            IParameterSymbol parameter = attribute.AttributeConstructor!.Parameters[i];
            if (!parameter.IsParams && Syntax(attribute, parameter.Name, i) is SyntaxNode node)
            {
                arguments.Add(new Argument(parameter.Name, Value(attribute.ConstructorArguments[i], node, reading.PlaceOf(node))));
            }
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            SyntaxNode? node = Syntax(attribute, named.Key, null);
            arguments.Add(new Argument(named.Key, Value(named.Value, node, node is null ? otherwise : reading.PlaceOf(node))));
        }

        foreach (Argument argument in arguments)
        {
            ArgumentRules.Check(reading, Vocabulary.KindOf(attribute), argument);
        }

        return arguments.ToEquatableArray();
    }

    /// <summary>The dimensions of <c>[Shape]</c>, <c>[Input]</c> and <c>[Parameter]</c>.</summary>
    public static EquatableArray<DimSpec> Dims(Reading reading, AttributeData attribute)
    {
        reading.HasErrors |= attribute.AttributeConstructor is null || HasErrors(attribute);
        List<SyntaxNode> nodes = [.. ArgumentsOf(attribute).Where(argument => argument.NameEquals is null).Select(argument => argument.Expression)];
        TypedConstant list = attribute.ConstructorArguments.FirstOrDefault();
        return list.Kind == TypedConstantKind.Array ? DimReader.Read(reading, list, nodes, reading.PlaceOf(attribute)) : [];
    }

    /// <summary>What C# cannot bind, C# reports.</summary>
    private static bool HasErrors(AttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.Value)).Any(value => value.Kind == TypedConstantKind.Error);

    private static ExpressionSyntax? Syntax(AttributeData attribute, string name, int? position)
    {
        List<AttributeArgumentSyntax> arguments = [.. ArgumentsOf(attribute)];
        AttributeArgumentSyntax? byName = arguments.FirstOrDefault(argument =>
            (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == name);
        AttributeArgumentSyntax? byPosition = position is int i && i < arguments.Count && arguments[i] is { NameEquals: null, NameColon: null }
            ? arguments[i]
            : null;
        return (byName ?? byPosition)?.Expression;
    }

    private static IEnumerable<AttributeArgumentSyntax> ArgumentsOf(AttributeData attribute) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            ?? Enumerable.Empty<AttributeArgumentSyntax>();

    private static Expression Value(TypedConstant constant, SyntaxNode? node, int place)
    {
        string text = node is null ? "" : SourceText.Of(node);
        return constant.Kind switch
        {
            TypedConstantKind.Array when !constant.IsNull =>
                new ListExpression(constant.Values.Select(item => Value(item, node, place)).ToEquatableArray(), text, place),
            TypedConstantKind.Primitive or TypedConstantKind.Enum => Constants.Expression(constant.Type, constant.Value, text, place),
            _ => new StringExpression("", text, place),
        };
    }
}
