using System.Linq;

namespace ModelGen.Emit;

/// <summary>Writes the public part of a class: <c>X.g.cs</c>.</summary>
internal static class SurfaceWriter
{
    public static string Write(SurfaceSpec spec) =>
        spec.IsMisdeclared ? TypeFile.Print(spec.Namespace, spec.Declaration, $"{spec.Name} was built with errors", code => MemberWriter.Write(code, spec))
        : spec.IsModule ? TypeFile.Print(spec.Namespace, spec.Declaration, $"{spec.Name}: its layers, as the eager reading calls them", code => WriteMembers(code, spec))
        : TypeFile.Print(
            spec.Namespace,
            [.. spec.Declaration.Take(spec.Declaration.Count - 1), spec.Declaration[spec.Declaration.Count - 1] + " : global::ModelGen.Model"],
            $"{spec.Name}: what your code calls",
            code => WriteMembers(code, spec));

    private static void WriteMembers(CodeWriter code, SurfaceSpec spec)
    {
        ConstructorWriter.Write(code, spec);
        if (!spec.IsModule)
        {
            ForwardWriter.Write(code, spec);
            StateWriter.Write(code, spec);
            DataWriter.Write(code, spec);
            EagerWriter.Write(code, spec);
            EntriesWriter.Write(code, spec);
        }

        MemberWriter.Write(code, spec);
    }
}
