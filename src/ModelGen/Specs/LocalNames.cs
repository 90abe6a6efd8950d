namespace ModelGen.Specs;

/// <summary>The names of locals in a spec: those of C#, and others for locals of a step that hide locals of the method around it.</summary>
internal static class LocalNames
{
    private const char Mark = '\'';

    /// <summary><c>x</c> of a step within a step is <c>x''</c>.</summary>
    /// <param name="depth">The number of steps around.</param>
    public static string Hiding(string name, int depth) => name + new string(Mark, depth);

    /// <summary>The name as the user wrote it, of a local as of a state's variable.</summary>
    public static string Shown(string name) => StateVariable.Property(name.TrimEnd(Mark));

    /// <summary>Whether later statements may read it: no discard, and no tuple on its way into its parts.</summary>
    public static bool IsVariable(string name) => name != "_" && name[0] != '(';
}
