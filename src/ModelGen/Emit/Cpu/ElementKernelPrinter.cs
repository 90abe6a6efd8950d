using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints a kernel over single elements.</summary>
internal static class ElementKernelPrinter
{
    public static void Print(ElementKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        CodeWriter text = new();
        text.Line(RuntimeNames.Inlined);
        text.Line("public void Run<V, L>(nint index, L lanes)");
        KernelStruct.PrintConstraints(text);
        using (text.Block())
        {
            new FlatBody(scope, [], "index").Print(kernel.Body, text);
        }

        KernelStruct.Print(scope, type, "IElementKernel", text, writer);
    }
}
