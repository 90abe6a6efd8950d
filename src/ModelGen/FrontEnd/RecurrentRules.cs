using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;

namespace ModelGen.FrontEnd;

/// <summary>What a <c>[Recurrent]</c> method has to be: one of the forms of a step of <c>Scan</c>.</summary>
internal static class RecurrentRules
{
    public static bool IsRecurrent(IMethodSymbol method) => Vocabulary.Find(method, "RecurrentAttribute") is not null;

    public static void Check(Reading reading, IMethodSymbol method)
    {
        // An entry that is a step, too, is reported as an entry of two roles.
        if (IsRecurrent(method) && MethodReader.RoleOf(method) == Specs.MethodRole.Plain && Fault(method) is string fault)
        {
            reading.Report(DiagnosticCatalog.WrongMember, reading.PlaceOf(method), "Recurrent", method.Name, fault);
        }
    }

    /// <summary>The number of what a step returns: the state, or the state and an output.</summary>
    public static int Results(IMethodSymbol method) => Returned(method).Output is null ? 1 : 2;

    /// <summary>Whether a step gives an output besides its state. Only such a step hands on several states.</summary>
    public static bool HasOutput(IMethodSymbol step) => step.ReturnType is INamedTypeSymbol { IsTupleType: true };

    private static string? Fault(IMethodSymbol method)
    {
        (ITypeSymbol state, ITypeSymbol? output) = Returned(method);
        bool hasTypes = method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType).All(type => type.TypeKind != TypeKind.Error);
        return !hasTypes ? null
            : Vocabulary.FindLayer(method) is not null ? "a method has one role: write a method for each"
            : method.IsGenericMethod ? "remove the type parameters"
            : method.IsAsync ? "remove 'async'"
            : method.Parameters.Length is not (1 or 2) || method.Parameters.Any(parameter => parameter.RefKind != RefKind.None)
                ? "a step takes the state and, where it goes through a sequence, an element, both by value"
            : method.Parameters.Skip(1).Any(parameter => Vocabulary.TensorTypeOf(parameter.Type) != Specs.TensorType.Float) ? "the element of a sequence is a Tensor"
            : Vocabulary.StateSize(method.Parameters[0].Type) is not int size ? "the state is a Tensor or a tuple of Tensors"
            : Vocabulary.StateSize(state) != size || (output is null && HasOutput(method))
                ? "a step returns the state, of the type that it takes: alone if that is a Tensor, or as (State, Output)"
            : output is not null && Vocabulary.TensorTypeOf(output) != Specs.TensorType.Float ? "the output of a step is a Tensor"
            : null;
    }

    /// <summary>A tuple of two is the state and an output.</summary>
    private static (ITypeSymbol State, ITypeSymbol? Output) Returned(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { IsTupleType: true, TupleElements: [{ } state, { } output] } ? (state.Type, output.Type) : (method.ReturnType, null);
}
