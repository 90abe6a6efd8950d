using System.Linq;

namespace ModelGen.Emit;

/// <summary>Writes the constructors.</summary>
internal static class ConstructorWriter
{
    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        if (spec.Error is null)
        {
            code.Line($"private readonly global::ModelGen.EagerScope {spec.Names.Scope};");
            code.Lines(spec.Children.Select(child => $"private {child.Type}{(child.Repeat is null ? "" : "[]")}? {child.Field};"));
            code.Line();
        }

        if (spec.IsModule)
        {
            ModuleConstructor(code, spec);
        }
        else
        {
            ModelConstructors(code, spec);
        }
    }

    private static void ModuleConstructor(CodeWriter code, SurfaceSpec spec)
    {
        Docs.Summary(code, "Initializes the module at its place within a model.");
        Docs.Parameter(code, "scope", "Where the module's parameters lie.");
        string body = spec.Error is null ? spec.Names.Scope + " = scope" : Docs.Throw(spec);
        code.Line($"internal {Name(spec)}(global::ModelGen.EagerScope scope) => {body};");
    }

    private static void ModelConstructors(CodeWriter code, SurfaceSpec spec)
    {
        Docs.Summary(code, "Initializes the model with new parameters.");
        Docs.Parameter(code, "device", "Where the kernels run.");
        Docs.Parameter(code, "seed", "The key of all random numbers: the first parameters and dropout.");
        code.Line($"public {Name(spec)}(global::ModelGen.Device device, ulong seed = 0)");
        using (code.Indent())
        {
            code.Line($": base(device, {spec.Names.Description}, seed)");
        }

        using (code.Block())
        {
            code.Line(spec.Error is null ? spec.Names.Scope + " = new global::ModelGen.EagerScope(this);" : Docs.Throw(spec) + ";");
        }

        code.Line();
        Docs.Summary(code, "Initializes the model with new parameters, on the processor.");
        Docs.Parameter(code, "seed", "The key of all random numbers: the first parameters and dropout.");
        code.Line($"public {Name(spec)}(ulong seed = 0)");
        using (code.Indent())
        {
            code.Line(": this(global::ModelGen.Device.Cpu, seed)");
        }

        using (code.Block())
        {
        }
    }

    /// <summary>The class's name without type parameters, which a class with MG0002 has.</summary>
    private static string Name(SurfaceSpec spec) => spec.Name.Split('<')[0];
}
