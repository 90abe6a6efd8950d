using System;
using System.Collections.Generic;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit.Cpu;

/// <summary>The text of a kernel that is one method: every access is an address into a whole buffer.</summary>
/// <param name="outer">The axes of the rows; none for elements.</param>
/// <param name="column">The variable with the index along the inner axis.</param>
internal sealed class FlatBody(KernelScope scope, IReadOnlyList<Dim> outer, string column) : VectorBody(scope)
{
    private readonly RowAxes axes = new(scope, outer, "row", "(nint)row");
    private readonly Dictionary<string, string> positions = [];
    private readonly List<string> starts = [];

    /// <summary>The finished element of a matrix product.</summary>
    public const string Product = "product";

    /// <summary>The element of a left factor as it lies in memory.</summary>
    public const string Factor = "factor";

    /// <summary>Gets the lines that must precede the text.</summary>
    public IReadOnlyList<string> Starts => [.. axes.Lines, .. starts];

    /// <summary>A value behind the instructions.</summary>
    public string Number(Value value) => Text(value);

    protected override string Column => column;

    protected override string Buffer(Access access) => Scope.Operand(access.Operand);

    /// <summary>An address that has to be calculated is calculated once, for all buffers in which the element lies at the same place.</summary>
    protected override string Position(Access access)
    {
        string text = Address(access);
        if (!text.Contains(" "))
        {
            return text;
        }

        if (!positions.TryGetValue(text, out string name))
        {
            positions[text] = name = Name("element");
            starts.Add($"nint {name} = {text};");
        }

        return name;
    }

    private string Address(Access access) => AddressText.Sum(
        axes.Start(access),
        AddressText.Times(access.InnerStride == Dim.One ? column : "(nint)" + column, access.InnerStride, Scope.Dim(access.InnerStride)),
        AddressText.Offset(access.Offset, Scope.Dim(access.Offset)));

    protected override Fragment Single(Access access)
    {
        string element = $"{Buffer(access)}[{Position(access)}]";
        return Number(string.Empty, Scope.Kernel.Operands[access.Operand].Type == TensorType.Int ? "(float)" + element : element);
    }

    protected override Fragment Number(string name, string text) => new($"V.Broadcast({text})");

    protected override Fragment Outside(string name) =>
        name is Product or Factor ? new(name) : throw new InvalidOperationException($"Kernel '{Scope.Kernel.Name}' uses '{name}' before it is calculated.");

    protected override string OuterIndex(int axis) => axes.Index(axis);

    protected override (string Stream, string Element) Uniform(UniformValue uniform) => (Scope.Stream(uniform.Stream), Position(uniform.Element));

    protected override void Reduce(Reduce reduce, CodeWriter writer) =>
        throw new InvalidOperationException($"Kernel '{Scope.Kernel.Name}' reduces along rows that it does not have.");

    protected override (string Buffer, string Position) Partials(Accumulate accumulate, CodeWriter writer)
    {
        BlockSum sum = KernelSums.Of(accumulate, Scope.Kernel);
        string position = Name(Scope.Argument(sum.Destination) + "Column");
        writer.Line($"nint {position} = {AddressText.Sum(AddressText.Times("(nint)block", sum.Columns, Scope.Dim(sum.Columns)), column)};");
        return (Scope.Operand(sum.Partials), position);
    }

    protected override string Name(string name) => Scope.Locals.Add(name);
}
