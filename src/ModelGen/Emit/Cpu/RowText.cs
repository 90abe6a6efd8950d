using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit.Cpu;

/// <summary>The text that works on one row: where the row lies in every buffer, and the row's own numbers.</summary>
/// <param name="number">The row's number, an <c>nint</c>.</param>
/// <param name="prefix">What names of this row begin with.</param>
internal sealed class RowText(KernelScope scope, RowKernel kernel, string number = "row", string prefix = "")
{
    /// <summary>The local with the part of a row's length that is whole vectors.</summary>
    public const string Whole = "whole";

    /// <summary>The local with the lanes of the rest.</summary>
    public const string Rest = "rest";

    private readonly Dictionary<(int Operand, string Offset), string> rows = [];
    private readonly Dictionary<string, Fragment> locals = [];
    private readonly RowAxes axes = new(scope, kernel.Outer, number, number);
    private readonly SortedDictionary<int, string> totals = [];
    private readonly SortedDictionary<int, string> blocks = [];
    private readonly List<string> starts = [];

    public KernelScope Scope { get; } = scope;

    /// <summary>Whether rows may end with a part of a vector.</summary>
    public static bool HasRest(Dim length) => !length.IsConstant || length.Value % 16 != 0;

    /// <summary>Whether rows have a whole vector at least, however wide it is.</summary>
    public static bool HasVectors(Dim length) => length.IsConstant && length.Value >= 16;

    /// <summary>The part of a buffer that is this row: <c>x.At(row * 784)</c>, under a name of its own.</summary>
    public string Row(Access access)
    {
        string operand = Scope.Operand(access.Operand);
        string offset = Offset(access);
        if (offset == "0")
        {
            return operand;
        }

        if (!rows.TryGetValue((access.Operand, offset), out string name))
        {
            name = Named(operand.TrimStart('@') + "Row");
            rows.Add((access.Operand, offset), name);
            starts.Add($"{Scope.BufferType(access.Operand)} {name} = {operand}.At({offset});");
        }

        return name;
    }

    /// <summary>The row's element of a buffer that holds one for each row: <c>mean[row]</c>.</summary>
    public string Element(Access access) => $"{Scope.Operand(access.Operand)}[{Offset(access)}]";

    public string Float(Access access) => Scope.Kernel.Operands[access.Operand].Type == TensorType.Int ? "(float)" + Element(access) : Element(access);

    /// <summary>Where the row begins.</summary>
    public string Offset(Access access) => AddressText.Sum(axes.Start(access), AddressText.Offset(access.Offset, Scope.Dim(access.Offset)));

    /// <summary>The row's index along an outer axis.</summary>
    public string Index(int axis) => axes.Index(axis);

    /// <summary>A number that an earlier stage named, as a <c>float</c>.</summary>
    public string Number(string name) => Dialect.Numbers.Number(new LocalValue(name), _ => Local(name)).Text;

    /// <summary>Names the result of a reduction.</summary>
    public string Result(string name)
    {
        string local = Named(name);
        locals[name] = new Fragment(local);
        return local;
    }

    /// <summary>The results of another row that this one takes over: a number of this row and the other's.</summary>
    public IEnumerable<(string Number, string Of)> TakeOver(RowText other)
    {
        foreach (KeyValuePair<string, Fragment> local in other.locals)
        {
            yield return (locals.TryGetValue(local.Key, out Fragment known) ? known.Text : Result(local.Key), local.Value.Text);
        }
    }

    /// <summary>The partial sums of the block of rows that this row belongs to.</summary>
    public string Block(int sum) => Named(blocks, sum, "Block");

    /// <summary>Prints calculations with the row's own numbers.</summary>
    public void Print(IEnumerable<Instruction> instructions, CodeWriter writer)
    {
        foreach (Instruction instruction in instructions)
        {
            writer.Line(instruction switch
            {
                Let let => Define(let),
                Store store => $"{Element(store.To)} = {Stored(store)};",
                Accumulate { Sum: int sum } accumulate => ReductionForm.Of(kernel.Sums[sum].Kind).Step(Named(totals, sum, "Total"), Text(accumulate.Value), RuntimeNames.MathF + ".Max"),
                _ => throw new InvalidOperationException($"Kernel '{kernel.Name}': {instruction.GetType().Name} does not belong into a stage of single numbers."),
            });
        }
    }

    /// <summary>Prints what precedes the loop over the rows.</summary>
    public void PrintBefore(CodeWriter writer)
    {
        if (kernel.Stages.Any(stage => stage.IsLoop))
        {
            PrintSplit(writer);
        }

        foreach (KeyValuePair<int, string> block in blocks)
        {
            BlockSum sum = kernel.Sums[block.Key];
            Fragment columns = Scope.Dim(sum.Columns);
            string count = sum.Columns.IsConstant ? columns.Text : "(int)" + columns.Within(Binding.Atom);
            writer.Line($"{RuntimeNames.Floats} {block.Value} = {Scope.Operand(sum.Partials)}.At({AddressText.Times("(nint)block", sum.Columns, columns)});");
            writer.Line($"{block.Value}.Span({count}).{ReductionForm.Of(sum.Kind).Clear};");
        }

        foreach (KeyValuePair<int, string> total in totals)
        {
            writer.Line($"float {total.Value} = {ReductionForm.Of(kernel.Sums[total.Key].Kind).Start};");
        }

        writer.Line();
    }

    /// <summary>Prints what every row begins with.</summary>
    public void PrintStart(CodeWriter writer) => writer.Lines(axes.Lines.Concat(starts));

    /// <summary>Prints what follows the loop over the rows.</summary>
    public void PrintAfter(CodeWriter writer)
    {
        if (totals.Count > 0)
        {
            writer.Line();
        }

        foreach (KeyValuePair<int, string> total in totals)
        {
            writer.Line($"{Scope.Operand(kernel.Sums[total.Key].Partials)}[block] = {total.Value};");
        }
    }

    private void PrintSplit(CodeWriter writer)
    {
        Fragment length = Scope.Dim(kernel.Inner);
        writer.Line($"nint {Whole} = {(HasRest(kernel.Inner) ? length.Within(Binding.Product) + " / V.Count * V.Count" : length.Text)};");
        if (HasRest(kernel.Inner))
        {
            writer.Line($"{RuntimeNames.FirstLanes} {Rest} = new((int)({length.Text} - {Whole}));");
        }
    }

    private string Named(string name) => Scope.Locals.Add(prefix.Length == 0 ? name : prefix + NameScope.Pascal(name));

    private string Named(SortedDictionary<int, string> names, int sum, string suffix)
    {
        if (!names.TryGetValue(sum, out string name))
        {
            name = Scope.Locals.Add(kernel.Operands[kernel.Sums[sum].Destination].Name + suffix);
            names.Add(sum, name);
        }

        return name;
    }

    private string Define(Let let)
    {
        Fragment value = Dialect.Numbers.Print(let.Value, Leaf);
        string name = Scope.Locals.Add(let.Name);
        locals[let.Name] = new Fragment(name, Binding.Atom, value.IsMask);
        return $"{(value.IsMask ? Dialect.Numbers.MaskType : Dialect.Numbers.NumberType)} {name} = {value.Text};";
    }

    private string Stored(Store store) =>
        kernel.Operands[store.To.Operand].Type == TensorType.Int ? "(int)" + Dialect.Numbers.Number(store.Value, Leaf).Within(Binding.Atom) : Text(store.Value);

    private string Text(Value value) => Dialect.Numbers.Number(value, Leaf).Text;

    private Fragment Leaf(Value value) => value switch
    {
        LocalValue local => Local(local.Name),
        LoadValue { From: Access from } => new(Float(from), kernel.Operands[from.Operand].Type == TensorType.Int ? Binding.Sign : Binding.Atom),
        DimNumber number => number.Dim.IsConstant ? Dialect.Numbers.Constant(number.Dim.Value) : Cast(Scope.Dim(number.Dim)),
        IndexValue { OuterAxis: int axis } => Cast(new Fragment(Index(axis))),
        LoopIndexValue loop => Cast(new Fragment(Scope.Loop(loop.Loop))),
        UniformValue uniform => new($"{Scope.Stream(uniform.Stream)}.Uniform(unchecked((uint)({Offset(uniform.Element)})))"),
        _ => throw new InvalidOperationException($"Kernel '{kernel.Name}': {value.GetType().Name} does not belong into a stage of single numbers."),
    };

    private static Fragment Cast(Fragment integer) => new("(float)" + integer.Within(Binding.Atom), Binding.Sign);

    private Fragment Local(string name) => locals.TryGetValue(name, out Fragment local)
        ? local
        : throw new InvalidOperationException($"Kernel '{kernel.Name}' uses '{name}' before it is calculated.");
}
