using System.Linq;
using ModelGen.Schedule;

namespace ModelGen.Emit.Kernels;

/// <summary>Prints the struct that holds a kernel's text and the arguments that the text uses.</summary>
internal static class KernelStruct
{
    /// <summary>What the struct's name ends in, behind the kernel's.</summary>
    public static string Suffix(Kernel kernel) => kernel switch
    {
        ElementKernel => "Elements",
        RowKernel => "Rows",
        _ => "Epilogue",
    };

    public static void Print(KernelScope scope, string type, string contract, CodeWriter text, CodeWriter writer)
    {
        writer.List($"private readonly struct {type}", [.. scope.Fields.Select(field => field.ToString())], " : " + contract);
        using (writer.Block())
        {
            writer.Append(text);
        }
    }
}
