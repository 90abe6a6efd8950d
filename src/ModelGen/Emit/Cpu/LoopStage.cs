using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit.Cpu;

/// <summary>
/// A stage that loops over a row. It becomes a static method that is called twice: for the whole vectors of the row, and for the rest, which has
/// <c>FirstLanes</c>. All that it works with are arguments, which the processor keeps in registers. The loop tests behind its body: the JIT turns
/// a <c>for</c> round only where the body is short, and takes constants out of a loop only if it is sure to be entered.
/// </summary>
/// <param name="length">The length of the row.</param>
/// <param name="method">The method's name.</param>
internal sealed class LoopStage(KernelScope scope, Dim length, string method) : VectorBody(scope)
{
    private RowText row = null!;
    private readonly NameScope names = new("column", "end", "lanes");
    private readonly List<StageInput> inputs = [];
    private readonly List<StageResult> results = [];

    protected override string Column => "column";

    /// <summary>Prints the method.</summary>
    /// <param name="stages">What it does, on which row: one stage, or two at a time.</param>
    /// <param name="run">Receives the calls.</param>
    /// <param name="writer">Receives the method.</param>
    public void Print(IReadOnlyList<(Stage Stage, RowText Row)> stages, CodeWriter run, CodeWriter writer)
    {
        CodeWriter body = Bodies(stages);
        writer.Line();
        writer.Line(RuntimeNames.Optimized);
        writer.List(
            $"private static void {method}<V, L>",
            [.. inputs.Select(input => input.Type + " " + input.Name), "nint column", "nint end", "L lanes", .. results.Select(result => "ref float " + result.Name)],
            string.Empty);
        Constraints.Print(writer);
        using (writer.Block())
        {
            PrintLoop(body, writer);
        }

        PrintCalls(run);
    }

    private CodeWriter Bodies(IReadOnlyList<(Stage Stage, RowText Row)> stages)
    {
        CodeWriter body = new(margin: 20);
        foreach ((Stage stage, RowText stageRow) in stages)
        {
            row = stageRow;
            Print(stage.Body, body);
        }

        return body;
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
        string number = names.Add(reduce.Name);
        string name = LanesOf(number);
        results.Add(new StageResult(number, name, reduce, row));
        string kept = $"V.Keep({value}, {Neutral(reduce.Kind)}, lanes)";
        writer.Line(ReductionForm.Of(reduce.Kind).Step(name, kept, "V.Greatest"));
    }

    protected override (string Buffer, string Position) Partials(Accumulate accumulate, CodeWriter writer)
    {
        string destination = Scope.Kernel.Operands[KernelSums.Of(accumulate, Scope.Kernel).Destination].Name;
        return (Input(RuntimeNames.Floats, row.Block(accumulate.Sum), destination + "Block"), "column");
    }

    protected override Fragment Size(Dim dim) => dim.IsConstant ? Scope.Dim(dim) : new(Input("nint", Scope.Dim(dim).Text, "stride"));

    protected override string Name(string name) => names.Add(name);

    private string LanesOf(string name) => names.Add(name.TrimStart('@') + "Lanes");

    private string Input(string type, string argument, string name)
    {
        StageInput? known = inputs.Find(input => input.Type == type && input.Argument == argument);
        if (known is null)
        {
            string identifier = names.Add(name);
            known = new StageInput(type, identifier, argument) { Lanes = type == "float" ? LanesOf(identifier) : identifier };
            inputs.Add(known);
        }

        return known.Lanes;
    }

    private void PrintLoop(CodeWriter body, CodeWriter writer)
    {
        writer.Lines(inputs.Where(input => input.IsNumber).Select(input => $"V {input.Lanes} = V.Broadcast({input.Name});"));
        writer.Lines(results.Select(result => $"V {result.Lanes} = {Neutral(result.Reduce.Kind)};"));
        writer.Line("do");
        using (writer.Block())
        {
            writer.Append(body);
            writer.Line("column += V.Count;");
        }

        writer.Line("while (column < end);");
        if (results.Count > 0)
        {
            writer.Line();
            writer.Lines(results.Select(result =>
            {
                ReductionForm form = ReductionForm.Of(result.Reduce.Kind);
                return form.Step(result.Name, $"V.{form.Name}({result.Lanes})", RuntimeNames.MathF + ".Max");
            }));
        }
    }

    private void PrintCalls(CodeWriter run)
    {
        string[] arguments = [.. inputs.Select(input => input.Argument)];
        List<string> locals = [.. results.Select(result => result.Row.Result(result.Reduce.Name))];
        run.Lines(results.Select((result, index) => $"float {locals[index]} = {ReductionForm.Of(result.Reduce.Kind).Start};"));
        string[] references = [.. locals.Select(local => "ref " + local)];
        if (RowText.HasVectors(length))
        {
            Call(RuntimeNames.AllLanes, "0", RowText.Whole, "default");
        }
        else
        {
            using (run.Block($"if ({RowText.Whole} > 0)"))
            {
                Call(RuntimeNames.AllLanes, "0", RowText.Whole, "default");
            }

            run.Line();
        }

        if (RowText.HasRest(length))
        {
            using (run.Block($"if ({RowText.Whole} < {Scope.Dim(length).Within(Binding.Sum)})"))
            {
                Call(RuntimeNames.FirstLanes, RowText.Whole, Scope.Dim(length).Text, RowText.Rest);
            }

            run.Line();
        }

        void Call(string lanes, string start, string end, string inUse) =>
            run.List($"{method}<V, {lanes}>", [.. arguments, start, end, inUse, .. references], ";");
    }

    /// <summary>What the stage takes: a buffer, a size, or (a <c>float</c>) a number that all lanes share.</summary>
    private sealed record StageInput(string Type, string Name, string Argument)
    {
        public bool IsNumber => Type == "float";

        /// <summary>Gets the name under which the loop knows it: a number is spread over a vector first.</summary>
        public string Lanes { get; init; } = Name;
    }

    /// <summary>What the stage finds out about the row.</summary>
    private sealed record StageResult(string Name, string Lanes, Reduce Reduce, RowText Row);
}
