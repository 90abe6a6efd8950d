using System.Linq;
using Microsoft.CodeAnalysis;
using ModelGen.Specs;

namespace ModelGen.FrontEnd;

/// <summary>What layers take and give. Most take a tensor and give one; those that go through sequences may also take and give their states, and a mask of steps.</summary>
/// <example><code>
/// [Lstm(128)] private partial Tensor Read(Tensor x);
/// [Lstm(128)] private partial Tensor Read(Tensor x, Tensor mask);
/// [Lstm(128)] private partial (Tensor Output, Tensor Hidden, Tensor Cell) Read(Tensor x, Tensor hidden, Tensor cell);
/// </code></example>
internal static class LayerForms
{
    /// <summary>What is wrong with a layer's parameters or result, or null.</summary>
    public static string? Fault(IMethodSymbol method, string kind)
    {
        TensorType type = Vocabulary.InputTypeOf(kind);
        int states = Vocabulary.StatesOf(kind);
        int begin = method.Parameters.Skip(1).Count(parameter => parameter.Name != LayerSpec.Mask);
        bool takes = method.Parameters.Length > 0 && method.Parameters.All(parameter => Vocabulary.TensorTypeOf(parameter.Type) == type && parameter.RefKind == RefKind.None);
        bool gives = Vocabulary.IsTensor(method.ReturnType) ? Vocabulary.TensorTypeOf(method.ReturnType) == TensorType.Float
            : states > 0 && method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple && tuple.TupleElements.Length == 1 + states
                && tuple.TupleElements.All(element => Vocabulary.TensorTypeOf(element.Type) == TensorType.Float);
        return !gives ? "a layer returns a Tensor" + (states > 0 ? $", and this one may return a tuple of {1 + states}: what it gives for each step, and {Names(states)} behind the last" : string.Empty)
            : states == 0 && (!takes || method.Parameters.Length != 1) ? (type == TensorType.Int ? "the layer looks up indices: it takes one Tensor<int>" : "a layer takes one Tensor")
            : states > 0 && (!takes || (begin != 0 && begin != states)) ? $"it takes a Tensor, and besides may take {Names(states)} to begin with, and a Tensor called '{LayerSpec.Mask}'"
            : null;
    }

    /// <summary>The number of tensors that a layer gives.</summary>
    public static int Results(IMethodSymbol method) => method.ReturnType is INamedTypeSymbol { IsTupleType: true } tuple ? tuple.TupleElements.Length : 1;

    private static string Names(int states) => states == 1 ? "its hidden state" : "its hidden state and its cell";
}
