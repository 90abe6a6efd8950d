using System;
using System.Collections.Generic;
using System.Globalization;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen.Emit.Cpu;

/// <summary>
/// Prints instructions that work on a vector <c>V</c> with the lanes <c>lanes</c> in use. What surrounds them says where buffers, positions and
/// numbers come from.
/// </summary>
internal abstract class VectorBody(KernelScope scope)
{
    private Dialect dialect = Dialect.Vectors;
    private readonly Dictionary<string, Fragment> locals = [];

    protected KernelScope Scope { get; } = scope;

    /// <summary>Gets the index along the inner axis.</summary>
    protected abstract string Column { get; }

    public void Print(IReadOnlyList<Instruction> instructions, CodeWriter writer)
    {
        locals.Clear(); // names of one text mean nothing in another
        dialect = InliningBudget.IsExceededBy(instructions) ? Dialect.VectorsWithCalls : Dialect.Vectors;
        foreach (Instruction instruction in instructions)
        {
            Print(instruction, writer);
        }
    }

    /// <summary>The name of the buffer that an access counts from.</summary>
    protected abstract string Buffer(Access access);

    /// <summary>The index in that buffer, for the first lane.</summary>
    protected abstract string Position(Access access);

    /// <summary>An element that is the same for all lanes.</summary>
    protected abstract Fragment Single(Access access);

    /// <summary>A number that is the same for all lanes.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="text">The number as C# of type <c>float</c>.</param>
    protected abstract Fragment Number(string name, string text);

    /// <summary>A value of an earlier stage.</summary>
    protected abstract Fragment Outside(string name);

    /// <summary>The index along an outer axis, as C# of an integer.</summary>
    protected abstract string OuterIndex(int axis);

    /// <summary>The stream, and the number of the first lane's element in it.</summary>
    protected abstract (string Stream, string Element) Uniform(UniformValue uniform);

    protected abstract void Reduce(Reduce reduce, CodeWriter writer);

    /// <summary>The buffer of a block's partial sums and the index of the first lane's column in it.</summary>
    protected abstract (string Buffer, string Position) Partials(Accumulate accumulate, CodeWriter writer);

    /// <summary>A dimension as C# in an address.</summary>
    protected virtual Fragment Size(Dim dim) => Scope.Dim(dim);

    /// <summary>A name for something new.</summary>
    protected abstract string Name(string name);

    protected string Text(Value value) => dialect.Number(value, Leaf).Text;

    protected static string Neutral(Reduction kind) => Dialect.Vectors.Constant(ReductionForm.Of(kind).Neutral).Text;

    private void Print(Instruction instruction, CodeWriter writer)
    {
        switch (instruction)
        {
            case Let let:
                Fragment value = dialect.Print(let.Value, Leaf);
                string name = Name(let.Name);
                writer.Line($"V {name} = {value.Text};");
                locals[let.Name] = new Fragment(name, Binding.Atom, value.IsMask);
                break;
            case Store store:
                Write(store.To, Text(store.Value), writer);
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

    private void Accumulate(Accumulate accumulate, CodeWriter writer)
    {
        ReductionForm form = ReductionForm.Of(KernelSums.Of(accumulate, Scope.Kernel).Kind);
        string value = dialect.Number(accumulate.Value, Leaf).Within(form.Operand);
        (string partials, string position) = Partials(accumulate, writer);
        writer.List("V.Store", [partials, position, form.Combine($"V.Load({partials}, {position}, lanes)", value, "V.Max"), "lanes"], ";");
    }

    private void Write(Access to, string value, CodeWriter writer)
    {
        bool integers = Scope.Kernel.Operands[to.Operand].Type == TensorType.Int;
        string buffer = Buffer(to) + (integers ? ".Floats" : string.Empty);
        value = integers ? $"V.ToInt({value})" : value;
        if (to.InnerStride == Dim.One)
        {
            writer.List(Scope.Kernel.StaysCached(to.Operand) ? "V.Store" : "V.Write", [buffer, Position(to), value, "lanes"], ";");
            return;
        }

        writer.List("V.Scatter", [buffer, Position(to), Size(to.InnerStride).Text, value, "lanes"], ";");
    }

    private Fragment Leaf(Value value) => value switch
    {
        LocalValue local => locals.TryGetValue(local.Name, out Fragment known) ? known : Outside(local.Name),
        LoadValue load => Load(load.From),
        PartValue part => new(string.Format(CultureInfo.InvariantCulture, "products.Part<V>({0})", part.Part)),
        DimNumber number => number.Dim.IsConstant ? Dialect.Vectors.Constant(number.Dim.Value) : Number(number.Dim.ToText(name => name).Contains(" ") ? "size" : number.Dim.ToString(), "(float)" + Scope.Dim(number.Dim).Within(Binding.Atom)),
        IndexValue { OuterAxis: int axis } => Number("position", "(float)" + OuterIndex(axis)),
        IndexValue => new($"V.Iota((float){Column})"),
        LoopIndexValue loop => Number("number", "(float)" + Scope.Loop(loop.Loop)),
        UniformValue uniform => Random(uniform),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private Fragment Load(Access from)
    {
        if (from.InnerStride == Dim.Zero)
        {
            return Single(from);
        }

        bool integers = Scope.Kernel.Operands[from.Operand].Type == TensorType.Int;
        if (from.InnerStride == Dim.One)
        {
            return new($"V.{(integers ? "LoadInt" : "Load")}({Buffer(from)}, {Position(from)}, lanes)");
        }

        return new($"V.{(integers ? "GatherInt" : "Gather")}({Buffer(from)}, {Position(from)}, {Size(from.InnerStride).Text}, lanes)");
    }

    private Fragment Random(UniformValue uniform)
    {
        (string stream, string element) = Uniform(uniform);
        Require(uniform.Element.InnerStride == Dim.One || uniform.Element.InnerStride == Dim.Zero, "random numbers are drawn with a stride");
        string index = $"unchecked((uint){(element.Contains(" ") ? $"({element})" : element)})";
        return new(uniform.Element.InnerStride == Dim.Zero ? $"V.Broadcast({stream}.Uniform({index}))" : $"V.Uniform(in {stream}, {index})");
    }

    private void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException(string.Format(CultureInfo.InvariantCulture, "Kernel '{0}': {1}.", Scope.Kernel.Name, problem));
        }
    }
}
