using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints a kernel over single elements.</summary>
internal static class ElementKernelPrinter
{
    public static void Print(ElementKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        CodeWriter text = new(margin: 12);
        text.Line(RuntimeNames.Inlined);
        text.Line("public void Run<V, L>(nint index, L lanes)");
        Constraints.Print(text);
        using (text.Block())
        {
            FlatBody body = new(scope, [], "index");
            CodeWriter instructions = new(margin: 16);
            body.Print(kernel.Body, instructions);
            text.Lines(body.Starts);
            text.Append(instructions);
        }

        KernelStruct.Print(scope, type, RuntimeNames.Cpu + "IElementKernel", text, writer);
    }
}
