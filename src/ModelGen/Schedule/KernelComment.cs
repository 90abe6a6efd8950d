using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>What stands above a kernel: the user's expressions, the words that were fused, and the shapes.</summary>
/// <example><code>
/// relu1 = Relu1(dense1)
/// Fused: MatMul + bias + Relu
/// input [batch, 784], dense1Weight [128, 784], dense1Bias [128] → relu1 [batch, 128]
/// </code></example>
internal static class KernelComment
{
    public static EquatableArray<string> Of(Group group, KernelWriter kernel, ChooseStores stores)
    {
        Dictionary<Node, string> names = Written(kernel).ToDictionary(item => item.Root, item => item.Operand.Name);
        IEnumerable<string> expressions = group.Members.Where(names.ContainsKey).Where(node => node.Origin.Text.Length > 0)
            .Select(node => Expression(names[node], node)).Distinct();
        return [.. expressions, "Fused: " + string.Join(" + ", FusedWords.Of(group, stores)), Shapes(kernel)];
    }

    /// <summary>A value with the user's expression for it: <c>hidden = Relu(fc1(x))</c>.</summary>
    public static string Expression(string name, Node node) =>
        node.Origin.IsGradient ? $"{name}, {(node.Origin.Text.Contains("(") || node.Origin.Text.Contains(" ") ? "back through" : "the gradient of")} {node.Origin.Text}"
        : node.Origin.Part is not null ? $"{name}, a part of {node.Origin.Text}"
        : node.Origin.Text == name || node.Origin.Text.Length == 0 ? name
        : $"{name} = {node.Origin.Text}";

    private static IEnumerable<(Node Root, Operand Operand)> Written(KernelWriter kernel) => kernel.Memory.Zip(kernel.Operands, (memory, operand) => (memory.Root, memory.Offset, operand))
        .Where(item => item.operand.IsWritten && item.Offset != KernelWriter.PartialOffset)
        .Select(item => (item.Root, item.operand));

    private static string Shapes(KernelWriter kernel)
    {
        var described = kernel.Memory.Zip(kernel.Operands, (memory, operand) => (memory.Root, memory.Offset, operand))
            .Where(item => item.Offset != KernelWriter.PartialOffset)
            .Select(item => (item.operand.IsWritten, Text: $"{item.operand.Name} {(item.Root.Type == TensorType.Int ? "int" : string.Empty)}{item.Root.Shape}"))
            .ToList();
        return string.Join(", ", described.Where(item => !item.IsWritten).Select(item => item.Text)) + " → "
            + string.Join(", ", described.Where(item => item.IsWritten).Select(item => item.Text));
    }
}
