using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads layers: partial methods that bear a layer's attribute.</summary>
internal static class LayerReader
{
    public static void Read(ClassScope scope)
    {
        foreach (IMethodSymbol method in scope.Members.OfType<IMethodSymbol>())
        {
            if (Vocabulary.FindLayer(method) is AttributeData attribute)
            {
                Read(scope, method, attribute);
            }
        }
    }

    private static void Read(ClassScope scope, IMethodSymbol method, AttributeData attribute)
    {
        Reading reading = scope.Reading;
        int place = reading.PlaceOf(method);
        string kind = Vocabulary.KindOf(attribute);
        if ((Fault(method) ?? LayerForms.Fault(method, kind)) is string fault)
        {
            reading.Report(DiagnosticCatalog.WrongMember, place, kind, method.Name, fault);
        }

        string signature = method is { IsPartialDefinition: true, PartialImplementationPart: null } ? SignatureText.Of(method) : "";
        EquatableArray<InputSpec> inputs = method.Parameters.Select(parameter => Input(reading, parameter)).ToEquatableArray();
        scope.Layers[method] = new LayerSpec(method.Name, kind, AttributeReader.Arguments(reading, attribute), inputs, signature, place) { Results = LayerForms.Results(method) };
    }

    private static string? Fault(IMethodSymbol method) =>
        !method.IsPartialDefinition ? "a layer is a partial method without a body, such as 'private partial Tensor " + method.Name + "(Tensor x);'"
        : method.PartialImplementationPart is not null ? "the build writes the body of a layer: remove yours"
        : method.IsStatic ? "a layer holds parameters of its object: remove 'static'"
        : method.IsGenericMethod ? "a layer has no type parameters"
        : method.GetAttributes().Count(Vocabulary.IsLayer) > 1 ? "a method is one layer: declare a method for each"
        : null;

    private static InputSpec Input(Reading reading, IParameterSymbol parameter) =>
        new(parameter.Name, Vocabulary.TensorTypeOf(parameter.Type) ?? TensorType.Float, null, null, null, reading.PlaceOf(parameter));
}
