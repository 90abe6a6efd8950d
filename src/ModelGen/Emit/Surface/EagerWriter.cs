using System.Linq;

namespace ModelGen.Emit;

/// <summary>Writes the property <c>Eager</c> and the nested class behind it, which calls the user's own methods.</summary>
internal static class EagerWriter
{
    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        string type = spec.Names.EagerType;
        if (!spec.Names.Taken.Contains("Eager"))
        {
            code.Line();
            Docs.Summary(
                code,
                "Gets the eager reading: the methods as they are written, run step by step by plain loops, for the debugger and for checks.");
            code.Line($"public {type} Eager => new(this, default);");
        }

        code.Line();
        Docs.Summary(code, "The eager reading of the model's methods.");
        code.Line(RuntimeNames.GeneratedCode);
        using (code.Block($"public sealed class {type} : global::ModelGen.EagerReading"))
        {
            code.Line($"private readonly {spec.Name} model;");
            code.Line();
            Docs.Summary(code, "Initializes a reading.");
            Docs.Parameter(code, "model", "The model.");
            Docs.Parameter(code, "mode", "The element type, and whether to run as in training.");
            code.Line($"public {type}({spec.Name} model, global::ModelGen.EagerMode mode)");
            using (code.Indent())
            {
                code.Line(": base(model, mode) => this.model = model;");
            }

            foreach (EagerMethod method in spec.Methods)
            {
                code.Line();
                Write(code, spec, method, continues: false);
                if (method.Continues && method.States.Count > 0 && spec.HasStateClass)
                {
                    code.Line();
                    Write(code, spec, method, continues: true);
                }
            }
        }
    }

    /// <param name="continues">Whether the method continues from a caller's states.</param>
    private static void Write(CodeWriter code, SurfaceSpec spec, EagerMethod method, bool continues)
    {
        NameScope scope = new(method.Arguments);
        string state = scope.Add("state");
        Docs.Summary(code, $"Runs <c>{method.Name}</c> step by step{Docs.Beginning(method.States.Count > 0, continues)}.");
        if (continues)
        {
            Docs.Parameter(code, state, Docs.State);
        }

        foreach (string argument in method.Arguments)
        {
            Docs.Parameter(code, argument, $"The method's <c>{argument.TrimStart('@')}</c>.");
        }

        Docs.Returns(code, "What the method returns.");
        code.List($"public {method.ReturnType} {method.Name}", [.. continues ? ["State " + state] : System.Array.Empty<string>(), .. method.Parameters], spec.Error is null ? "" : " => " + Docs.Throw(spec) + ";");
        if (spec.Error is not null)
        {
            return;
        }

        using (code.Block())
        {
            string call = scope.Add("call");
            code.Line($"using global::ModelGen.EagerCall {call} = Enter({(continues ? state : "")});");
            code.Lines(method.States.Select(value => $"{call}.State({string.Join(", ", value.Sizes.Prepend(EagerCalls.Literal(value.Name)))});"));
            string result = $"{method.Receiver}.{method.Name}({string.Join(", ", method.Arguments)})";
            code.Lines(method.Receiver is null ? method.Body : [$"return {(continues ? $"{call}.Keep({result})" : result)};"]);
        }
    }
}
