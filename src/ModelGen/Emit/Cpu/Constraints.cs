namespace ModelGen.Emit.Cpu;

/// <summary>What a method asks of its vector and its lanes.</summary>
internal static class Constraints
{
    public static void Print(CodeWriter writer)
    {
        using (writer.Indent())
        {
            writer.Line(RuntimeNames.IsVector);
            writer.Line(RuntimeNames.IsLanes);
        }
    }
}
