using System.Linq;

namespace ModelGen.Emit.Kernels;

/// <summary>Prints the struct that holds a kernel's text and the arguments that the text uses.</summary>
internal static class KernelStruct
{
    public static void Print(KernelScope scope, string type, string contract, CodeWriter text, CodeWriter writer)
    {
        writer.List($"private readonly struct {type}", [.. scope.Fields.Select(field => field.ToString())], " : " + contract);
        using (writer.Block())
        {
            writer.Append(text);
        }
    }
}
