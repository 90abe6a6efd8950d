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
        CodeWriter before = new(margin: 16);
        RowText next = new(scope, kernel, "next", "next");
        if (kernel.OverlapsRows)
        {
            RowText first = new(scope, kernel, "(nint)first", "first");
            CodeWriter calls = new(margin: 16);
            Loop([(kernel.Stages[0], first)], calls);
            first.PrintStart(before);
            before.Append(calls);
            if (RowText.HasRest(kernel.Inner))
            {
                before.Line();
            }

            before.Lines(row.TakeOver(first).Select(number => $"float {number.Number} = {number.Of};"));
        }

        int last = kernel.Stages.Count - 1;
        for (int index = kernel.OverlapsRows ? 1 : 0; index <= last; index++)
        {
            Stage stage = kernel.Stages[index];
            if (!stage.IsLoop)
            {
                row.Print(stage.Body, body);
            }
            else if (index == last && kernel.OverlapsRows)
            {
                using (body.Block("if (next < end)"))
                {
                    // The other way round, a load would wait for the store before it, where both rows begin at the same place of a page.
                    Loop([(kernel.Stages[0], next), (stage, row)], body);
                    body.Lines(row.TakeOver(next).Select(number => $"{number.Number} = {number.Of};"));
                }

                CodeWriter alone = new(margin: 24);
                Loop([(stage, row)], alone);
                using (body.Block("else"))
                {
                    body.Append(alone);
                }
            }
            else
            {
                Loop([(stage, row)], body);
            }
        }

        CodeWriter text = new(margin: 12);
        PrintRun(kernel.OverlapsRows, row, next, before, body, text);
        text.Append(stages);
        KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IRowKernel", text, writer);

        void Loop((Stage Stage, RowText Row)[] worked, CodeWriter run) => new LoopStage(
            scope,
            kernel.Inner,
            methods.Add(string.Join("And", worked.Select(work => StageName(work.Stage, kernel))))).Print(worked, run, stages);
    }

    private static void PrintRun(bool overlaps, RowText row, RowText next, CodeWriter before, CodeWriter body, CodeWriter writer)
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
            if (overlaps)
            {
                writer.Append(before);
            }

            using (writer.Block("for (nint row = first; row < end; row++)"))
            {
                if (overlaps)
                {
                    writer.Line("nint next = row + 1;");
                }

                row.PrintStart(writer);
                next.PrintStart(writer);
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
