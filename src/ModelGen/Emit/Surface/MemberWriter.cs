using System.Linq;

namespace ModelGen.Emit;

/// <summary>Writes the bodies of the user's partial members: layers, parameters, states and modules.</summary>
internal static class MemberWriter
{
    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        foreach (SurfaceLayer layer in spec.Layers)
        {
            code.Line();
            code.Line(layer.Signature + " =>");
            Body(code, spec, layer.Call.Replace("{0}", spec.Names.Scope));
        }

        foreach (SurfaceProperty parameter in spec.Parameters)
        {
            code.Line();
            code.Line(parameter.Signature + " =>");
            Body(code, spec, $"{spec.Names.Scope}.Parameter({EagerCalls.Literal(parameter.Name)})");
        }

        foreach (SurfaceState state in spec.States.Where(state => state.Accessors.Count > 0))
        {
            code.Line();
            State(code, spec, state);
        }

        foreach (SurfaceChild child in spec.Children)
        {
            code.Line();
            Child(code, spec, child);
        }
    }

    private static void Body(CodeWriter code, SurfaceSpec spec, string expression)
    {
        using (code.Indent())
        {
            code.Line((spec.Error is null ? expression : Docs.Throw(spec)) + ";");
        }
    }

    private static void State(CodeWriter code, SurfaceSpec spec, SurfaceState state)
    {
        using (code.Block(state.Signature))
        {
            foreach (string accessor in state.Accessors)
            {
                string name = EagerCalls.Literal(state.Value.Name);
                string body = accessor.EndsWith("get", System.StringComparison.Ordinal) ? $"State({name})" : $"SetState({name}, value)";
                code.Line($"{accessor} => {(spec.Error is null ? $"global::ModelGen.EagerScope.{body}" : Docs.Throw(spec))};");
            }
        }
    }

    private static void Child(CodeWriter code, SurfaceSpec spec, SurfaceChild child)
    {
        string scope = $"{spec.Names.Scope}.Child({EagerCalls.Literal(child.Name)}";
        if (child.Repeat is null || spec.Error is not null)
        {
            code.Line(child.Signature + " =>");
            Body(code, spec, $"{child.Field} ??= new {child.Type}({scope}))");
            return;
        }

        using (code.Block(child.Signature))
        using (code.Block("get"))
        {
            using (code.Block($"if ({child.Field} is null)"))
            {
                code.Line($"{child.Field} = new {child.Type}[{child.Repeat}];");
                using (code.Block($"for (int i = 0; i < {child.Field}.Length; i++)"))
                {
                    code.Line($"{child.Field}[i] = new {child.Type}({scope}, i));");
                }
            }

            code.Line();
            code.Line($"return {child.Field};");
        }
    }
}
