using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads a state: a partial property with a getter and a setter that bears <c>[State]</c>.</summary>
internal static class StateReader
{
    public static void Read(ClassScope scope, IPropertySymbol property, AttributeData attribute)
    {
        Reading reading = scope.Reading;
        int place = reading.PlaceOf(property);
        if (Fault(scope, property) is string fault)
        {
            reading.Report(DiagnosticCatalog.WrongMember, place, "State", property.Name, fault);
        }

        bool isOurs = property is { IsPartialDefinition: true, PartialImplementationPart: null };
        scope.States[property] = new StateSpec(
            property.Name,
            AttributeReader.Dims(reading, attribute),
            isOurs ? SignatureText.Of(property) : "",
            isOurs ? Accessors(property).ToEquatableArray() : [],
            place);
    }

    private static string? Fault(ClassScope scope, IPropertySymbol property) =>
        Vocabulary.IsModule(scope.Type) && Vocabulary.Find(scope.Type, "ModelAttribute") is null
            ? "only a model carries values from call to call: declare it in the [Model] class, pass it to the module as a parameter and return what the next call begins with"
        : Vocabulary.TensorTypeOf(property.Type) != TensorType.Float ? "a state is of type Tensor"
        : !property.IsPartialDefinition ? "the build writes its accessors: " + Declare(property)
        : property.PartialImplementationPart is not null ? "the build writes its accessors: remove yours"
        : Vocabulary.Find(property, "ParameterAttribute") is not null ? "it is a [Parameter], too: a value is either trained or carried from call to call"
        : property.IsIndexer ? "an indexer has many values: declare a property"
        : property.IsStatic ? "it belongs to one object: remove 'static'"
        : property.GetMethod is null || property.SetMethod is null ? "it is read before a call and assigned for the next one: " + Declare(property)
        : property.SetMethod.IsInitOnly ? "every call assigns it: write 'set' for 'init'"
        : null;

    private static string Declare(IPropertySymbol property) => "declare it as 'partial Tensor " + property.Name + " { get; set; }'";

    /// <summary>The accessors with their modifiers: <c>get</c>, <c>private set</c>.</summary>
    private static IEnumerable<string> Accessors(IPropertySymbol property) =>
        (property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as PropertyDeclarationSyntax)?.AccessorList?.Accessors
            .Select(accessor => string.Concat(accessor.Modifiers.Select(modifier => modifier.Text + " ")) + accessor.Keyword.Text) ?? [];
}
