using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>Reads the parameters of one method.</summary>
internal sealed class InputReader(ClassScope scope, IMethodSymbol method, MethodRole role, List<IMethodSymbol> entries)
{
    private readonly Reading reading = scope.Reading;

    public InputSpec Read(IParameterSymbol parameter)
    {
        int place = reading.PlaceOf(parameter);
        TensorType? tensor = Vocabulary.TensorTypeOf(parameter.Type);
        CheckType(parameter, tensor, place);
        AttributeData? shape = Vocabulary.Find(parameter, "ShapeAttribute");
        EquatableArray<DimSpec>? dims = shape is null ? null : AttributeReader.Dims(reading, shape);
        TensorType type = tensor ?? (Vocabulary.IsConstant(parameter.Type) ? TensorType.Constant : TensorType.Float);
        string? forward = shape is null && role is MethodRole.Loss or MethodRole.Metric ? Forward(parameter, place) : null;
        if (shape is null && role == MethodRole.Forward && tensor is not null)
        {
            reading.Report(DiagnosticCatalog.MissingShape, place, parameter.Name, method.Name);
        }

        return new InputSpec(parameter.Name, type, dims, forward, null, place);
    }

    /// <summary><c>Predict</c> → <c>predict</c>: how a loss names the output of a forward method.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    private void CheckType(IParameterSymbol parameter, TensorType? tensor, int place)
    {
        bool fits = tensor is not null
            || (role == MethodRole.Plain && Vocabulary.IsConstant(parameter.Type))
            || (RecurrentRules.IsRecurrent(method) && parameter.Ordinal == 0 && Vocabulary.StateSize(parameter.Type) is not null);
        reading.HasErrors |= parameter.Type.TypeKind == TypeKind.Error;
        if ((!fits && parameter.Type.TypeKind != TypeKind.Error) || parameter.RefKind != RefKind.None)
        {
            string modifier = parameter.RefKind == RefKind.None ? "" : parameter.RefKind.ToString().ToLowerInvariant() + " ";
            string fix = role == MethodRole.Plain
                ? "a helper takes Tensor, Tensor<int> or a constant, by value"
                : "take Tensor or Tensor<int>, by value";
            reading.Report(
                DiagnosticCatalog.WrongParameterType,
                place,
                parameter.Name,
                modifier + parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
                fix);
        }
    }

    private string? Forward(IParameterSymbol parameter, int place)
    {
        List<IMethodSymbol> forwards = [.. entries.Where(entry => MethodReader.RoleOf(entry) == MethodRole.Forward)];
        IMethodSymbol? named = forwards.FirstOrDefault(forward => CamelCase(forward.Name) == parameter.Name);
        string? fault = named is null ? Suggestion(parameter, forwards)
            : SymbolEqualityComparer.Default.Equals(named.ReturnType, parameter.Type) ? null
            : $"{named.Name} returns {named.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}; "
                + $"give it [Shape(…)] or call {named.Name}(…) in the body";
        if (fault is not null && Vocabulary.IsTensor(parameter.Type))
        {
            reading.Report(DiagnosticCatalog.UnknownForward, place, parameter.Name, fault);
        }

        return fault is null ? scope.Methods.KeyOf(named!) : null;
    }

    private static string Suggestion(IParameterSymbol parameter, List<IMethodSymbol> forwards) =>
        forwards.Count == 0
            ? "this class has no [Forward] method; write [Shape(…)] before it"
            : "write [Shape(…)] before it, or name it "
                + string.Join(" or ", forwards.Select(forward => "'" + CamelCase(forward.Name) + "'").Distinct())
                + " for the output of " + string.Join(" or ", forwards.Select(forward => forward.Name).Distinct());
}
