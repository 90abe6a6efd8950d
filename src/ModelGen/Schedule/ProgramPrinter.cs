using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ModelGen.Schedule;

/// <summary>Prints a program for people: its memory, and its kernels in their order.</summary>
internal static class ProgramPrinter
{
    public static string Print(Program program)
    {
        StringBuilder text = new();
        text.Append("program ").Append(program.Name).Append('(').Append(string.Join(", ", program.Dims)).Append(")\n");
        foreach (Storage storage in program.Storages)
        {
            string slot = storage.Kind == StorageKind.Arena ? $" slot {storage.Slot}" : string.Empty;
            text.Append($"  {storage.Kind}{slot} {storage.Name} {storage.Shape}\n");
        }

        Steps(text, program, program.Steps, "  ");
        return text.ToString();
    }

    private static void Steps(StringBuilder text, Program program, IEnumerable<Step> steps, string indent)
    {
        foreach (Step step in steps)
        {
            if (step is LoopStep loop)
            {
                text.Append($"{indent}loop {loop.Index} of {loop.Count}{(loop.Reverse ? " in reverse" : string.Empty)}\n");
                Steps(text, program, loop.Body, indent + "  ");
            }
            else if (step is KernelStep kernel)
            {
                text.Append($"{indent}{kernel.Kernel.Name}({string.Join(", ", kernel.Arguments.Select(argument => Text(program, argument)))})\n");
                string fused = kernel.Kernel.Comment.FirstOrDefault(line => line.StartsWith("Fused", System.StringComparison.Ordinal)) ?? string.Empty;
                text.Append($"{indent}    {fused}\n");
            }
        }
    }

    private static string Text(Program program, View view)
    {
        string name = view.Variable ?? program.Storages[view.Storage].Name;
        string offset = view.Offset == Graphs.Dim.Zero ? string.Empty : $" + {view.Offset}";
        return name + offset + string.Concat(view.LoopStrides.Where(stride => stride != Graphs.Dim.Zero).Select(stride => $" + i*{stride}"));
    }
}
