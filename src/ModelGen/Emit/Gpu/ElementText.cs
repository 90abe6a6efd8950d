using ModelGen.Emit.Kernels;
using ModelGen.Schedule;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints a kernel over single elements.</summary>
internal sealed class ElementText(KernelScope scope) : ThreadBody(scope, [], "index")
{
    public static void Print(ElementKernel kernel, KernelScope scope, string type, CodeWriter writer)
    {
        ElementText body = new(scope);
        CodeWriter instructions = new(margin: 16);
        body.Print(kernel.Body, instructions);
        CodeWriter text = new(margin: 12);
        using (text.Block("public void Run(int index)"))
        {
            text.Lines(body.Starts);
            text.Append(instructions);
        }

        KernelStruct.Print(scope, type, RuntimeNames.Gpu + "IGpuElementKernel", text, writer);
    }
}
