using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>What stands above a kernel: the user's expressions, the ops that were fused, and the shapes.</summary>
internal static class KernelComment
{
    public static EquatableArray<string> Of(Group group, KernelWriter kernel, ChooseStores stores)
    {
        List<string> lines = [];
        foreach (Node node in group.Members.Where(stores.IsStored).Where(node => node.Origin.Text.Length > 0))
        {
            string line = $"{KernelNames.Wanted(node)} = {node.Origin.Text}";
            if (!lines.Contains(line))
            {
                lines.Add(line);
            }
        }

        lines.Add("Fused: " + string.Join(" + ", group.Members.Select(member => member.Op.Name)));
        lines.Add(Shapes(kernel));
        return lines.ToEquatableArray();
    }

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
