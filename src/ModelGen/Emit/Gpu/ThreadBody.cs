using System;
using System.Collections.Generic;
using System.Globalization;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit.Gpu;

/// <summary>Prints instructions as one thread runs them, on single numbers.</summary>
/// <param name="outer">The axes of the rows; none for elements.</param>
/// <param name="column">The variable with the index along the inner axis.</param>
internal abstract class ThreadBody(KernelScope scope, IReadOnlyList<Dim> outer, string column)
{
    private readonly RowAxes axes = new(scope, outer, "row", "row");
    private readonly Dictionary<string, string> starts = [];
    private readonly List<string> startLines = [];
    private readonly Dictionary<string, Fragment> locals = [];
    private readonly Dictionary<string, string> names = [];

    /// <summary>Gets the lines that must follow the row's number: its index along each axis, and where it begins.</summary>
    public IEnumerable<string> Starts => [.. axes.Lines, .. startLines];

    protected KernelScope Scope { get; } = scope;

    /// <summary>Gets a value indicating whether the text stands in a loop over columns, which has a scope of its own.</summary>
    protected virtual bool IsLoop => false;

    protected void Print(IEnumerable<Instruction> instructions, CodeWriter writer)
    {
        foreach (Instruction instruction in instructions)
        {
            Print(instruction, writer);
        }
    }

    protected virtual void Print(Instruction instruction, CodeWriter writer)
    {
        switch (instruction)
        {
            case Let let:
                Define(let, writer);
                break;
            case Store store:
                Fragment stored = Dialect.DeviceNumbers.Number(store.Value, Leaf);
                writer.Line($"{Element(store.To)} = {(Scope.Kernel.Operands[store.To.Operand].Type == TensorType.Int ? "(int)" + stored.Within(Binding.Atom) : stored.Text)};");
                break;
            case Reduce reduce:
                Reduce(reduce, writer);
                break;
            case Accumulate accumulate:
                Accumulate(accumulate, writer);
                break;
            default:
                throw new InvalidOperationException(instruction.GetType().Name);
        }
    }

    protected virtual void Reduce(Reduce reduce, CodeWriter writer) => throw new InvalidOperationException($"Kernel '{Scope.Kernel.Name}' reduces along rows that it does not have.");

    protected virtual void Accumulate(Accumulate accumulate, CodeWriter writer) => throw new InvalidOperationException($"Kernel '{Scope.Kernel.Name}' sums over rows that it does not have.");

    /// <summary>The value as C# of type <c>float</c>.</summary>
    protected string Text(Value value) => Dialect.DeviceNumbers.Number(value, Leaf).Text;

    /// <summary>Gives a value of the kernel a name in the text.</summary>
    protected string Name(string local)
    {
        string name = Scope.Locals.Add(local);
        locals[local] = new Fragment(name);
        return name;
    }

    /// <summary><c>sum += value;</c>, or the greater of both.</summary>
    protected static string Combine(Reduction kind, string sum, string value) => ReductionForm.Of(kind).Step(sum, value, RuntimeNames.GpuMath + ".Max");

    /// <summary>The same of a value of the kernel: a sum takes in a product.</summary>
    protected string Combine(Reduction kind, string sum, Value value) => kind == Reduction.Sum && Dialect.DeviceNumbers.TryAdd(sum, value, Leaf) is { } total
        ? $"{sum} = {total.Text};"
        : Combine(kind, sum, Text(value));

    private void Define(Let let, CodeWriter writer)
    {
        Fragment value = Dialect.DeviceNumbers.Print(let.Value, Leaf);
        string name = Declare(let.Name);
        locals[let.Name] = new Fragment(name, Binding.Atom, value.IsMask);
        writer.Line($"{(value.IsMask ? Dialect.DeviceNumbers.MaskType : Dialect.DeviceNumbers.NumberType)} {name} = {value.Text};");
    }

    /// <summary>The name of a new local. Loops one after another use the same names.</summary>
    private string Declare(string local)
    {
        if (!IsLoop)
        {
            return Scope.Locals.Add(local);
        }

        if (!names.TryGetValue(local, out string name))
        {
            names[local] = name = Scope.Locals.Add(local);
        }

        return name;
    }

    private Fragment Leaf(Value value) => value switch
    {
        LocalValue local => locals.TryGetValue(local.Name, out Fragment known) ? known : Outside(local.Name),
        LoadValue { From: Access from } => Scope.Kernel.Operands[from.Operand].Type == TensorType.Int ? new("(float)" + Element(from), Binding.Sign) : new(Element(from)),
        PartValue part => new(string.Format(CultureInfo.InvariantCulture, "products.Part({0})", part.Part)),
        DimNumber number => number.Dim.IsConstant ? Dialect.DeviceNumbers.Constant(number.Dim.Value) : Cast(Scope.Dim(number.Dim)),
        IndexValue { OuterAxis: int axis } => Cast(new Fragment(axes.Index(axis))),
        IndexValue => Cast(new Fragment(column)),
        LoopIndexValue loop => Cast(new Fragment(Scope.Loop(loop.Loop))),
        UniformValue uniform => new($"{Scope.Stream(uniform.Stream)}.Uniform(unchecked((uint){Parenthesised(Position(uniform.Element))}))"),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    protected virtual Fragment Outside(string name) => throw new InvalidOperationException($"Kernel '{Scope.Kernel.Name}' uses '{name}' before it is calculated.");

    private string Element(Access access) => $"{Scope.Operand(access.Operand)}[{Position(access)}]";

    /// <summary>The place of an element: where its row begins, which is calculated once for all buffers that have it at the same place, and its column.</summary>
    private string Position(Access access)
    {
        string start = AddressText.Sum(axes.Start(access), AddressText.Offset(access.Offset, Scope.Dim(access.Offset)));
        string at = AddressText.Times(column, access.InnerStride, Scope.Dim(access.InnerStride));
        return start == "0" ? AddressText.Sum(at) : AddressText.Sum(Named(start), at);
    }

    private string Named(string start)
    {
        if (!start.Contains(" "))
        {
            return start;
        }

        if (!starts.TryGetValue(start, out string name))
        {
            starts[start] = name = Scope.Locals.Add("rowStart");
            startLines.Add($"int {name} = {start};");
        }

        return name;
    }

    private static string Parenthesised(string text) => text.Contains(" ") ? $"({text})" : text;

    private static Fragment Cast(Fragment integer) => new("(float)" + integer.Within(Binding.Atom), Binding.Sign);
}
