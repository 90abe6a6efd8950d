using System.Collections.Generic;
using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints what is fused before a matrix product and behind it.</summary>
internal static class EpiloguePrinter
{
    public static void Print(ProductKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        FlatBody body = new(scope, kernel.Rows, "column");
        CodeWriter instructions = new(margin: 16);
        body.Print(kernel.Epilogue, instructions);
        CodeWriter text = new(margin: 12);
        if (kernel.Parts > 1)
        {
            PrintParts(kernel.Parts, body.Starts, instructions, text);
            KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IGemmPartsEpilogue", text, writer);
            return;
        }

        text.Line("public static bool MayBeForeseen => true;");
        text.Line();
        if (kernel.OnlyStores)
        {
            text.Line("public static bool OnlyStores => true;");
            text.Line();
        }
        else if (kernel.OnlyAdds)
        {
            text.Line("public static bool OnlyAdds => true;");
            text.Line();
        }

        text.Line(RuntimeNames.Inlined);
        text.Line("public void Apply<V, L>(int block, int row, int column, V product, L lanes)");
        Constraints.Print(text);
        using (text.Block())
        {
            text.Lines(body.Starts);
            text.Append(instructions);
        }

        if (kernel.Prologue is { } prologue)
        {
            text.Line();
            Print(prologue, scope, text);
        }

        KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IGemmEpilogue" + (kernel.Prologue is null ? string.Empty : $", {RuntimeNames.Cpu}IGemmPrologue"), text, writer);
    }

    private static void PrintParts(int parts, IReadOnlyList<string> starts, CodeWriter instructions, CodeWriter text)
    {
        text.Line($"public static int Parts => {parts};");
        text.Line();
        text.Line(RuntimeNames.Inlined);
        text.Line($"public void Apply<V, L>(int row, int column, {RuntimeNames.Cpu}ProductParts products, L lanes)");
        Constraints.Print(text);
        using (text.Block())
        {
            text.Lines(starts);
            text.Append(instructions);
        }
    }

    private static void Print(FactorBody prologue, KernelScope scope, CodeWriter text)
    {
        FlatBody body = new(scope, prologue.Rows, "column");
        CodeWriter instructions = new(margin: 16);
        body.Print(prologue.Body, instructions);
        string value = body.Number(prologue.Value);
        text.Line(RuntimeNames.Inlined);
        text.Line("public V Read<V, L>(int row, int column, V factor, L lanes)");
        Constraints.Print(text);
        using (text.Block())
        {
            text.Lines(body.Starts);
            text.Append(instructions);
            text.Line($"return {value};");
        }
    }
}
