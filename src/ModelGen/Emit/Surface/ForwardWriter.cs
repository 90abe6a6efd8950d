using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes for every <c>[Forward]</c> method the form on spans, which allocates nothing, and the form on arrays, which carry their
/// sizes.</summary>
/// <remarks>
/// <code>
/// public void Predict(ReadOnlySpan&lt;float&gt; input, int batch, Span&lt;float&gt; output)
/// public float[,] Predict(float[,] input)
/// </code>
/// Where the method uses states, both forms stand once more, with a state to continue from as the first parameter.
/// </remarks>
internal static class ForwardWriter
{
    private const string Tables = "global::ModelGen.Entries.Tables.";

    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        foreach (EntrySpec entry in spec.Entries.Where(entry => entry.Role == MethodRole.Forward))
        {
            EntrySignature signature = new(entry);
            foreach (bool continues in entry.StatefulName is null || !spec.HasStateClass ? [false] : new[] { false, true })
            {
                code.Line();
                Spans(code, spec, signature, continues);
                code.Line();
                Arrays(code, spec, signature, continues);
            }
        }
    }

    private static void Spans(CodeWriter code, SurfaceSpec spec, EntrySignature signature, bool continues)
    {
        EntrySpec entry = signature.Entry;
        Docs.Summary(code, $"Computes {Docs.Shapes(entry.Inputs)} → {Docs.Shapes(entry.Outputs)} on the caller's memory{Beginning(entry, continues)}; allocates nothing.");
        State(code, signature, continues);
        Each(signature.Inputs, entry.Inputs, (name, input) => Docs.Parameter(code, name, $"The values of {Docs.Shape(input)} in row-major order."));
        Each(signature.Sizes, entry.Dimensions, (name, dimension) => Docs.Parameter(code, name, $"The size of the dimension <c>{dimension}</c>."));
        Each(
            signature.Outputs,
            entry.Outputs,
            (name, output) => Docs.Parameter(code, name, $"Where the values of {Docs.Shape(output)} go, in row-major order."));
        IEnumerable<string> parameters = Continued(signature, continues).Concat(signature.Inputs.Zip(
            entry.Inputs,
            (name, input) => $"global::System.ReadOnlySpan<{EntrySignature.ElementType(input)}> {name}"))
            .Concat(signature.Sizes.Select(name => "int " + name))
            .Concat(signature.Outputs.Zip(entry.Outputs, (name, output) => $"global::System.Span<{EntrySignature.ElementType(output)}> {name}"));
        code.List($"public void {entry.Name}", [.. parameters], spec.Error is null ? "" : " => " + Docs.Throw(spec) + ";");
        if (spec.Error is not null)
        {
            return;
        }

        using (code.Block())
        {
            string arguments = "arguments" + Suffix(signature);
            code.Line($"global::ModelGen.Entries.EntryArguments {arguments} = new();");
            code.Lines(signature.Sizes.Select(name => $"{arguments}.Add({name});"));
            code.Lines(signature.Inputs.Select(name => $"{arguments}.Input({name});"));
            code.Lines(signature.Outputs.Select(name => $"{arguments}.Output({name});"));
            code.Line(continues ? $"Run(Entries.{entry.StatefulName}, in {arguments}, {signature.State});" : $"Run(Entries.{entry.Name}, in {arguments});");
        }
    }

    private static void Arrays(CodeWriter code, SurfaceSpec spec, EntrySignature signature, bool continues)
    {
        EntrySpec entry = signature.Entry;
        List<string> unknown = [.. entry.Dimensions.Where(dimension => signature.SourceOf(dimension) is null)];
        Docs.Summary(code, $"Computes {Docs.Shapes(entry.Inputs)} → {Docs.Shapes(entry.Outputs)} on arrays{Beginning(entry, continues)}.");
        State(code, signature, continues);
        Each(signature.Inputs, entry.Inputs, (name, input) => Docs.Parameter(code, name, $"The values of {Docs.Shape(input)}."));
        Each(
            unknown.Select(signature.SizeOf),
            unknown,
            (name, dimension) => Docs.Parameter(code, name, $"The size of the dimension <c>{dimension}</c>."));
        Docs.Returns(code, $"The values of {Docs.Shapes(entry.Outputs)}.");
        IEnumerable<string> parameters = Continued(signature, continues)
            .Concat(signature.Inputs.Zip(entry.Inputs, (name, input) => EntrySignature.ArrayType(input) + " " + name))
            .Concat(unknown.Select(dimension => "int " + signature.SizeOf(dimension)));
        code.List($"public {Returned(signature)} {entry.Name}", [.. parameters], spec.Error is null ? "" : " => " + Docs.Throw(spec) + ";");
        if (spec.Error is not null)
        {
            return;
        }

        using (code.Block())
        {
            ArrayBody(code, signature, continues);
        }
    }

    private static void ArrayBody(CodeWriter code, EntrySignature signature, bool continues)
    {
        EntrySpec entry = signature.Entry;
        foreach (string dimension in entry.Dimensions)
        {
            code.Lines(signature.SourceOf(dimension) is (int input, int axis)
                ? [$"int {signature.SizeOf(dimension)} = {Tables}Size({signature.Inputs[input]}, {EagerCalls.Literal(entry.Inputs[input].Name)}, {axis});"]
                : []);
        }

        Each(
            signature.Inputs,
            entry.Inputs,
            (name, input) =>
                code.Lines(IsTable(input) ? [$"{Tables}Check({name}, {EagerCalls.Literal(input.Name)}, {Sizes(signature, input)});"] : []));
        Each(signature.Outputs, entry.Outputs, (name, output) => code.Line(NewOutput(signature, name, output)));
        IEnumerable<string> arguments = signature.Inputs.Zip(
            entry.Inputs,
            (name, input) => IsTable(input) ? $"{Tables}Values<{EntrySignature.ElementType(input)}>({name})" : $"[{name}]")
            .Concat(signature.Sizes)
            .Concat(signature.Outputs.Zip(
                entry.Outputs,
                (name, output) => IsTable(output) ? $"{Tables}Values<{EntrySignature.ElementType(output)}>({name})" : $"new global::System.Span<{EntrySignature.ElementType(output)}>(ref {name})"));
        code.List(entry.Name, [.. continues ? [signature.State] : System.Array.Empty<string>(), .. arguments], ";");
        code.Line("return " + (signature.Outputs.Count == 1 ? signature.Outputs[0] : "(" + string.Join(", ", signature.Outputs) + ")") + ";");
    }

    private static string Beginning(EntrySpec entry, bool continues) => Docs.Beginning(entry.States.Count > 0, continues);

    private static void State(CodeWriter code, EntrySignature signature, bool continues)
    {
        if (continues)
        {
            Docs.Parameter(code, signature.State, Docs.State);
        }
    }

    private static string[] Continued(EntrySignature signature, bool continues) => continues ? ["State " + signature.State] : [];

    private static string Returned(EntrySignature signature) => signature.Outputs.Count == 1
        ? EntrySignature.ArrayType(signature.Entry.Outputs[0])
        : "(" + string.Join(", ", signature.Outputs.Zip(signature.Entry.Outputs, (name, output) => EntrySignature.ArrayType(output) + " " + name))
            + ")";

    private static string NewOutput(EntrySignature signature, string name, TensorSpec output) =>
        $"{EntrySignature.ArrayType(output)} {name} = {(IsTable(output) ? $"new {EntrySignature.ElementType(output)}[{Sizes(signature, output)}]" : "0")};";

    private static string Sizes(EntrySignature signature, TensorSpec tensor) => string.Join(", ", tensor.Dims!.Value.Select(signature.Expression));

    private static bool IsTable(TensorSpec tensor) => tensor.Dims is { Count: > 0 };

    /// <summary>A number where a parameter is already called <c>arguments</c>.</summary>
    private static string Suffix(EntrySignature signature) =>
        signature.Inputs.Concat(signature.Sizes).Concat(signature.Outputs).Contains("arguments") ? "2" : "";

    private static void Each<T>(IEnumerable<string> names, IEnumerable<T> items, System.Action<string, T> write)
    {
        foreach ((string name, T item) in names.Zip(items, (name, item) => (name, item)))
        {
            write(name, item);
        }
    }
}
