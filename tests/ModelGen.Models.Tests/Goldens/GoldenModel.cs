using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>
/// The class that a user would write for a row: a forward method of the inputs, and a loss in which the inputs are parameters, so that their gradients
/// can be compared: with <c>L = Σ y · dy</c>, the gradient of <c>y</c> is <c>dy</c>.
/// </summary>
internal static class GoldenModel
{
    public static string Source(GoldenCase row, string name, GoldenTensor result)
    {
        List<string> members = [];
        if (row.Layer is not null)
        {
            members.Add($"{row.Layer} private partial {row.Declares ?? $"Tensor Layer({Type(row.Inputs[0])} x)"};");
        }

        string inputs = string.Join(", ", row.Inputs.Select(input => $"[Shape({Dims(input.Shape)})] {Type(input)} {input.Name}"));
        members.Add($"[Forward] private {(result.Ints.Length > 0 ? "Tensor<int>" : "Tensor")} Result({inputs}) => {row.Expression};");
        if (row.HasGradient)
        {
            members.AddRange(row.Inputs.Where(input => !input.IsInt).Select(input => $"[Parameter({Dims(input.Shape)})] private partial Tensor P{input.Name} {{ get; }}"));
            string bindings = string.Concat(row.Inputs.Select(input => input.IsInt ? $"var {input.Name} = {input.Name}s[0]; " : $"var {input.Name} = P{input.Name}; "));
            IEnumerable<string> ints = row.Inputs.Where(input => input.IsInt).Select(input => $", [Shape(\"one\", {Dims(input.Shape)})] Tensor<int> {input.Name}s");
            string dy = result.Shape.Length == 0 ? "[Shape(\"one\")] Tensor dy" : $"[Shape(\"one\", {Dims(result.Shape)})] Tensor dy";
            members.Add($"[Loss] private Tensor Check({dy}{string.Concat(ints)}) {{ {bindings}return Sum(({row.Expression}) * dy[0]); }}");
        }

        return $"[Model] public sealed partial class {name} {{\n    {string.Join("\n    ", members)}\n}}\n";
    }

    private static string Type(GoldenInput input) => input.IsInt ? "Tensor<int>" : "Tensor";

    private static string Dims(int[] shape) => string.Join(", ", shape);
}
