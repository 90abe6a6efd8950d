using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>
/// A stage that loops over a row. It becomes two static methods of one name: the loop, and its body, which the loop calls for whole vectors and
/// for the rest of the row. All that they work with are arguments, which the processor keeps in registers.
/// </summary>
internal sealed class LoopStage(RowText row, Dim length, string method) : VectorBody(row.Scope)
{
    private readonly NameScope names = new(["column", "lanes", .. row.Scope.Sizes]);
    private readonly List<StageInput> inputs = [];
    private readonly List<StageResult> results = [];

    protected override string Column => "column";

    /// <summary>Prints the two methods.</summary>
    /// <returns>The statement that calls the loop.</returns>
    public string Print(Stage stage, CodeWriter writer)
    {
        CodeWriter body = new();
        Print(stage.Body, body);
        string end = Size(length).Text;
        writer.Line();
        PrintLoop(end, writer);
        writer.Line();
        PrintBody(body, writer);
        return Call();
    }

    protected override string Buffer(Access access) => Input(Scope.BufferType(access.Operand), row.Row(access), Scope.Kernel.Operands[access.Operand].Name);

    protected override string Position(Access access) => AddressText.Sum(AddressText.Times("column", access.InnerStride, Size(access.InnerStride)));

    protected override Fragment Single(Access access) => Number(Scope.Kernel.Operands[access.Operand].Name, row.Float(access));

    protected override Fragment Number(string name, string text) => new(Input("float", text, name));

    protected override Fragment Outside(string name) => Number(name, row.Number(name));

    protected override string OuterIndex(int axis) => row.Index(axis);

    protected override (string Stream, string Element) Uniform(UniformValue uniform)
    {
        string stream = Scope.Stream(uniform.Stream);
        string offset = row.Offset(uniform.Element);
        string element = offset == "0" ? string.Empty : Input("nint", offset, "element");
        return (Input(RuntimeNames.RandomStream, stream, stream), AddressText.Sum(element, uniform.Element.InnerStride == Dim.Zero ? string.Empty : "column"));
    }

    protected override void Reduce(Reduce reduce, CodeWriter writer)
    {
        string value = Text(reduce.Value);
        string name = names.Add(reduce.Name);
        results.Add(new StageResult(name, reduce));
        string kept = $"V.Keep({value}, {Neutral(reduce.Kind)}, lanes)";
        writer.Line(reduce.Kind == Reduction.Max ? $"{name} = V.Max({name}, {kept});" : $"{name} += {kept};");
    }

    protected override (string Buffer, string Position) Partials(Accumulate accumulate, CodeWriter writer)
    {
        string destination = Scope.Kernel.Operands[KernelSums.Of(accumulate, Scope.Kernel).Destination].Name;
        return (Input(RuntimeNames.Floats, row.Block(accumulate.Sum), destination + "Block"), "column");
    }

    protected override Fragment Size(Dim dim)
    {
        foreach (string name in dim.Names.Select(Scope.DimName))
        {
            if (inputs.All(input => input.Name != name))
            {
                inputs.Add(new StageInput("nint", name, name));
            }
        }

        return Scope.Dim(dim);
    }

    protected override string Name(string name) => names.Add(name);

    private string Input(string type, string argument, string name)
    {
        StageInput? known = inputs.Find(input => input.Type == type && input.Argument == argument);
        if (known is null)
        {
            known = new StageInput(type, names.Add(name), argument);
            inputs.Add(known);
        }

        return known.Name;
    }

    private void PrintLoop(string end, CodeWriter writer)
    {
        string type = results.Count == 1 ? "float" : "void";
        writer.Line(RuntimeNames.Optimized);
        writer.List($"private static {type} {method}<V>", [.. inputs.Select(input => input.Type + " " + input.Name), .. Outputs(result => "out float " + result.Name)], string.Empty);
        using (writer.Indent())
        {
            writer.Line(RuntimeNames.IsVector);
        }

        using (writer.Block())
        {
            writer.Lines(inputs.Where(input => input.IsNumber).Select(input => $"V {input.Lanes} = V.Broadcast({input.Name});"));
            writer.Lines(results.Select(result => $"V {result.Lanes} = {Neutral(result.Reduce.Kind)};"));
            writer.Line("nint column = 0;");
            using (writer.Block($"for (; column <= {end} - V.Count; column += V.Count)"))
            {
                Step(RuntimeNames.AllLanes, "default", writer);
            }

            writer.Line();
            if (!length.IsConstant || length.Value % 16 != 0)
            {
                using (writer.Block($"if (column < {end})"))
                {
                    Step(RuntimeNames.FirstLanes, $"new {RuntimeNames.FirstLanes}((int)({end} - column))", writer);
                }

                writer.Line();
            }

            writer.Lines(Results());
        }
    }

    private void Step(string lanes, string value, CodeWriter writer) => writer.List(
        $"{method}<V, {lanes}>",
        [.. inputs.Select(input => input.IsNumber ? input.Lanes : input.Name), "column", value, .. results.Select(result => "ref " + result.Lanes)],
        ";");

    private IEnumerable<string> Results() => results.Count == 1
        ? [$"return {results[0].Finish};"]
        : results.Select(result => $"{result.Name} = {result.Finish};");

    private void PrintBody(CodeWriter body, CodeWriter writer)
    {
        writer.Line(RuntimeNames.Inlined);
        writer.List(
            $"private static void {method}<V, L>",
            [.. inputs.Select(input => (input.IsNumber ? "V" : input.Type) + " " + input.Name), "nint column", "L lanes", .. results.Select(result => "ref V " + result.Name)],
            string.Empty);
        using (writer.Indent())
        {
            writer.Line(RuntimeNames.IsVector);
            writer.Line(RuntimeNames.IsLanes);
        }

        using (writer.Block())
        {
            writer.Append(body);
        }
    }

    private string Call()
    {
        List<string> locals = [.. results.Select(result => row.Result(result.Reduce.Name))];
        string arguments = string.Join(", ", inputs.Select(input => input.Argument).Concat(results.Count == 1 ? [] : locals.Select(local => "out float " + local)));
        return (results.Count == 1 ? $"float {locals[0]} = " : string.Empty) + $"{method}<V>({arguments});";
    }

    private IEnumerable<string> Outputs(Func<StageResult, string> text) => results.Count == 1 ? [] : results.Select(text);

    /// <summary>What the stage takes: a buffer, a size, or (a <c>float</c>) a number that all lanes share.</summary>
    private sealed record StageInput(string Type, string Name, string Argument)
    {
        public bool IsNumber => Type == "float";

        public string Lanes => Name.TrimStart('@') + "Lanes";
    }

    /// <summary>What the stage finds out about the row.</summary>
    private sealed record StageResult(string Name, Reduce Reduce)
    {
        public string Lanes => Name.TrimStart('@') + "Lanes";

        public string Finish => string.Format(CultureInfo.InvariantCulture, Reduce.Kind == Reduction.Max ? "V.Max({0})" : "V.Sum({0})", Lanes);
    }
}
