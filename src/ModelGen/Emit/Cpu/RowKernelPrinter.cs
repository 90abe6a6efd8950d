using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints a kernel over rows: a method that goes through the stages of each row, and the methods of the stages that loop.</summary>
internal static class RowKernelPrinter
{
    public static void Print(RowKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        RowText row = new(scope, kernel);
        NameScope methods = new("Run", type);
        CodeWriter stages = new(margin: 12);
        CodeWriter body = new(margin: 20);
        foreach (Stage stage in kernel.Stages)
        {
            if (stage.IsLoop)
            {
                new LoopStage(row, kernel.Inner, methods.Add(StageName(stage, kernel))).Print(stage, body, stages);
            }
            else
            {
                row.Print(stage.Body, body);
            }
        }

        CodeWriter text = new(margin: 12);
        PrintRun(row, body, text);
        text.Append(stages);
        KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IRowKernel", text, writer);
    }

    private static void PrintRun(RowText row, CodeWriter body, CodeWriter writer)
    {
        writer.Line(RuntimeNames.Optimized);
        writer.Line("public void Run<V>(int block, int first, int end)");
        using (writer.Indent())
        {
            writer.Line(RuntimeNames.IsVector);
        }

        using (writer.Block())
        {
            row.PrintBefore(writer);
            using (writer.Block("for (nint row = first; row < end; row++)"))
            {
                row.PrintStart(writer);
                writer.Append(body);
            }

            row.PrintAfter(writer);
        }
    }

    /// <summary>A stage is named after its first result.</summary>
    private static string StageName(Stage stage, RowKernel kernel) => NameScope.Pascal(stage.Body.Select(instruction => instruction switch
    {
        Reduce reduce => reduce.Name,
        Store store => kernel.Operands[store.To.Operand].Name,
        Accumulate accumulate => kernel.Operands[kernel.Sums[accumulate.Sum].Destination].Name,
        _ => null,
    }).FirstOrDefault(name => name is not null) ?? "Stage");
}
