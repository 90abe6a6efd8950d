using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads partial properties: <c>[Parameter]</c> and <c>[State]</c> tensors, single modules and <c>[Repeat]</c> arrays of modules.</summary>
internal static class PropertyReader
{
    public static void Read(ClassScope scope)
    {
        foreach (IPropertySymbol property in scope.Members.OfType<IPropertySymbol>())
        {
            AttributeData? repeat = Vocabulary.Find(property, "RepeatAttribute");
            ITypeSymbol element = property.Type is IArrayTypeSymbol { Rank: 1 } array ? array.ElementType : property.Type;
            if (Vocabulary.Find(property, "StateAttribute") is AttributeData state)
            {
                StateReader.Read(scope, property, state);
            }
            else if (Vocabulary.Find(property, "ParameterAttribute") is AttributeData attribute)
            {
                ReadParameter(scope, property, attribute);
            }
            else if (repeat is not null || Vocabulary.IsModule(element))
            {
                ReadChild(scope, property, (element as INamedTypeSymbol)!, repeat);
            }
        }

        ReportFields(scope);
    }

    private static void ReadParameter(ClassScope scope, IPropertySymbol property, AttributeData attribute)
    {
        int place = scope.Reading.PlaceOf(property);
        string? fault = Vocabulary.TensorTypeOf(property.Type) != TensorType.Float ? "a parameter is of type Tensor" : Fault(property);
        Report(scope, "Parameter", property, fault);
        EquatableArray<DimSpec> dims = AttributeReader.Dims(scope.Reading, attribute);
        scope.Parameters[property] = new ParameterSpec(
            property.Name,
            dims,
            AttributeReader.Arguments(scope.Reading, attribute),
            Signature(property),
            place);
    }

    private static void ReadChild(ClassScope scope, IPropertySymbol property, INamedTypeSymbol element, AttributeData? repeat)
    {
        Reading reading = scope.Reading;
        bool isArray = property.Type is IArrayTypeSymbol;
        string? fault = !Vocabulary.IsModule(element) ? "only modules repeat: its type must be an array of a [Module] class"
            : isArray && repeat is null ? "an array of modules needs its length: write [Repeat(n)] before it"
            : !isArray && repeat is not null ? "a repeated module is an array: '" + element.Name + "[]'"
            : Fault(property);
        Report(scope, repeat is null ? "Module" : "Repeat", property, fault);
        int? count = repeat is null ? null
            : AttributeReader.Arguments(reading, repeat) is [{ Value: NumberExpression number }, ..] ? System.Math.Max(1, (int)number.Value) : 1;
        string module = Vocabulary.IsModule(element) ? ModuleReader.Read(reading, element, reading.PlaceOf(property)) : "";
        scope.Children[property] = new ChildSpec(property.Name, module, count, Signature(property), reading.PlaceOf(property));
    }

    private static void Report(ClassScope scope, string attribute, IPropertySymbol property, string? fault)
    {
        if (fault is not null)
        {
            scope.Reading.Report(DiagnosticCatalog.WrongMember, scope.Reading.PlaceOf(property), attribute, property.Name, fault);
        }
    }

    private static string? Fault(IPropertySymbol property) =>
        !property.IsPartialDefinition
            ? "the build writes its getter: declare it as 'partial " + property.Type.Name + " " + property.Name + " { get; }'"
        : property.PartialImplementationPart is not null ? "the build writes its getter: remove yours"
        : property.IsStatic ? "it belongs to one object: remove 'static'"
        : property.SetMethod is not null ? "it has a getter only: remove the setter"
        : null;

    private static string Signature(IPropertySymbol property) =>
        property is { IsPartialDefinition: true, PartialImplementationPart: null } ? SignatureText.Of(property) : "";

    /// <summary>A module in a field would never be made, trained or saved.</summary>
    private static void ReportFields(ClassScope scope)
    {
        foreach (IFieldSymbol field in scope.Members.OfType<IFieldSymbol>().Where(field => Vocabulary.IsModule(field.Type)))
        {
            string fault = "a module is a partial property: declare it as 'private partial " + field.Type.Name + " " + field.Name + " { get; }'";
            scope.Reading.Report(DiagnosticCatalog.WrongMember, scope.Reading.PlaceOf(field), "Module", field.Name, fault);
        }
    }
}
