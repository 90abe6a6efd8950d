using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>Writes the nested class <c>Entries</c>, and the partial methods through which it reaches the compiled code.</summary>
/// <remarks>Classic partial methods: a build in which the IDE left the compiled files out still binds, and then the calls are not there.</remarks>
internal static class EntriesWriter
{
    private const string Space = "global::ModelGen.Entries.";

    public static void Write(CodeWriter code, SurfaceSpec spec)
    {
        if (spec.Names.Taken.Contains("Entries"))
        {
            return;
        }

        code.Line();
        Docs.Summary(code, "The compiled methods, as <c>Step</c> and <c>Gradients</c> take them.");
        code.Line(RuntimeNames.GeneratedCode);
        using (code.Block("public static class Entries"))
        {
            for (int i = 0; i < spec.Entries.Count; i++)
            {
                code.Lines(i == 0 ? [] : [""]);
                Entry(code, spec, spec.Entries[i], i);
            }

            EntrySpec[] stateful = [.. spec.Entries.Where(entry => entry.StatefulName is not null && spec.Error is null)];
            for (int i = 0; i < stateful.Length; i++)
            {
                code.Line();
                Stateful(code, spec, stateful[i], spec.Entries.Count + i);
            }
        }

        code.Line();
        for (int i = 0; i < spec.Entries.Count; i++)
        {
            code.Line($"static partial void {spec.Names.Run[i]}({RuntimeNames.Frame} frame);");
            if (spec.Entries[i].Role == MethodRole.Loss)
            {
                code.Line($"static partial void {spec.Names.Train[i]}({RuntimeNames.Frame} frame);");
            }

            code.Line($"static partial void {spec.Names.RunOnGpu[i]}({RuntimeNames.GpuFrame} frame);");
            if (spec.Entries[i].Role == MethodRole.Loss)
            {
                code.Line($"static partial void {spec.Names.TrainOnGpu[i]}({RuntimeNames.GpuFrame} frame);");
            }
        }

        for (int i = spec.Entries.Count; i < spec.Names.Run.Count; i++)
        {
            code.Line($"static partial void {spec.Names.Run[i]}({RuntimeNames.Frame} frame);");
            code.Line($"static partial void {spec.Names.RunOnGpu[i]}({RuntimeNames.GpuFrame} frame);");
        }
    }

    private static void Entry(CodeWriter code, SurfaceSpec spec, EntrySpec entry, int index)
    {
        string type = Space + (entry.Role == MethodRole.Loss ? "LossEntry" : "Entry");
        if (spec.Error is not null && spec.Entries.Take(index).Any(other => other.Name == entry.Name))
        {
            return;
        }

        Docs.Summary(code, $"Gets the [{entry.Role}] method <c>{entry.Name}</c>: {Docs.Shapes(entry.Inputs)} → {Docs.Shapes(entry.Outputs)}.");
        if (spec.Error is not null)
        {
            code.Line($"public static {type} {entry.Name} => {Docs.Throw(spec)};");
            return;
        }

        code.Line($"public static {type} {entry.Name} {{ get; }} = new()");
        Properties(code, spec, entry, entry.Name, index, entry.Role == MethodRole.Loss ? Loss(spec, entry, index) : []);
    }

    /// <summary>The entry that continues from a caller's states: a call gives their memory itself.</summary>
    private static void Stateful(CodeWriter code, SurfaceSpec spec, EntrySpec entry, int index)
    {
        EntrySpec stateful = entry.Stateful();
        Docs.Summary(code, $"Gets <c>{entry.Name}</c> going on from states: {Docs.Shapes(stateful.Inputs)} → {Docs.Shapes(stateful.Outputs)}.");
        code.Line($"internal static {Space}Entry {stateful.Name} {{ get; }} = new()");
        Properties(code, spec, stateful, entry.Name, index, [$"States = [{string.Join(", ", entry.States.Select(state => state.Index))}],"]);
    }

    private static void Properties(CodeWriter code, SurfaceSpec spec, EntrySpec entry, string name, int index, IEnumerable<string> further)
    {
        code.Line("{");
        using (code.Indent())
        {
            code.Line($"Name = {EagerCalls.Literal(name)},");
            code.Line($"Kind = {Space}EntryKind.{entry.Role},");
            code.Line($"Dimensions = {Texts(entry.Dimensions)},");
            Tensors(code, "Inputs", entry.Inputs);
            Tensors(code, "Outputs", entry.Outputs);
            code.Line($"Run = static frame => {spec.Names.Run[index]}(frame),");
            code.Line($"RunOnGpu = {OnGpu(spec.Names.RunOnGpu[index])},");
            code.Lines(further);
        }

        code.Line("};");
    }

    private static IEnumerable<string> Loss(SurfaceSpec spec, EntrySpec entry, int index)
    {
        yield return $"Train = static frame => {spec.Names.Train[index]}(frame),";
        yield return $"TrainOnGpu = {OnGpu(spec.Names.TrainOnGpu[index])},";
        if (entry.Classification is { } how)
        {
            yield return $"Classification = new({how.LabelInput}, {how.ScoresOutput}, {(how.Binary ? "true" : "false")}){(how.Ignored is { } ignored ? $" {{ Ignored = {ignored.ToString(CultureInfo.InvariantCulture)} }}" : string.Empty)},";
        }

        if (entry.Trains is not null)
        {
            yield return $"Trains = {EagerCalls.Literal(entry.Trains)},";
        }

        if (entry.Trained is { } trained)
        {
            yield return $"Trained = {Texts(trained)},";
        }

        if (entry.Metrics.Count > 0)
        {
            yield return $"Metrics = {Texts(entry.Metrics)},";
        }
    }

    /// <summary>A program published without devices holds none of their code.</summary>
    private static string OnGpu(string method) => $"{RuntimeNames.Gpu}GpuSupport.IsSupported ? static frame => {method}(frame) : null";

    /// <summary>A tensor's description: <c>Describe.Floats("hidden", "batch", "128")</c>.</summary>
    public static string Describe(TensorSpec tensor) =>
        $"{Space}Describe.{(tensor.Type == TensorType.Int ? "Ints" : "Floats")}({string.Join(", ", (tensor.Dims ?? []).Prepend(tensor.Name).Select(EagerCalls.Literal))})";

    private static void Tensors(CodeWriter code, string name, EquatableArray<TensorSpec> tensors)
    {
        code.Line(name + " =");
        code.Line("[");
        using (code.Indent())
        {
            foreach (TensorSpec tensor in tensors)
            {
                code.Line(Describe(tensor) + ",");
            }
        }

        code.Line("],");
    }

    private static string Texts(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(EagerCalls.Literal)) + "]";
}
