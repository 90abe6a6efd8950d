using System.Linq;

namespace ModelGen.Emit.Cpu;

/// <summary>Prints the struct that holds a kernel's text and the arguments that the text uses.</summary>
internal static class KernelStruct
{
    public static void Print(KernelScope scope, string type, string contract, CodeWriter text, CodeWriter writer)
    {
        writer.List($"private readonly struct {type}", [.. scope.Fields.Select(field => field.ToString())], $" : {RuntimeNames.Cpu}{contract}");
        using (writer.Block())
        {
            writer.Append(text);
        }
    }

    /// <summary>Prints what a method asks of its vector and its lanes.</summary>
    public static void PrintConstraints(CodeWriter writer)
    {
        using (writer.Indent())
        {
            writer.Line(RuntimeNames.IsVector);
            writer.Line(RuntimeNames.IsLanes);
        }
    }
}
