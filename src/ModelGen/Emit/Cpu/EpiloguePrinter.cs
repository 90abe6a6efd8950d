using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints what is fused behind a matrix product.</summary>
internal static class EpiloguePrinter
{
    public static void Print(ProductKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        FlatBody body = new(scope, kernel.Rows, "column");
        CodeWriter instructions = new(margin: 16);
        body.Print(kernel.Epilogue, instructions);
        CodeWriter text = new(margin: 12);
        text.Line("public static bool MayBeForeseen => true;");
        text.Line();
        if (kernel.OnlyStores)
        {
            text.Line("public static bool OnlyStores => true;");
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

        KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IGemmEpilogue", text, writer);
    }
}
