using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>Writes values of elements: in one pass over a row, or behind a product.</summary>
/// <param name="rowValues">The numbers of the row that earlier stages named.</param>
/// <param name="hoisted">Where loads go that do not change along the row; null where there is no such place.</param>
internal sealed class ElementWriter(KernelWriter kernel, Dictionary<Node, Value> rowValues, RowWriter? hoisted)
{
    private readonly Dictionary<Node, Value> known = [];
    private readonly Dictionary<Access, Value> loads = [];
    private readonly Dictionary<int, Value> parts = [];
    private readonly Dictionary<Node, int> uses = [];

    public List<Instruction> Body { get; } = [];

    /// <summary>Writes the parts of a joined value to their places in it.</summary>
    public void Join(Node whole)
    {
        for (int part = 0; part < whole.Inputs.Length; part++)
        {
            Node value = whole.Inputs[part];
            Access to = JoinedPart.Address(kernel.Group, whole, value, kernel.OperandOf(whole, Dim.Zero, isWritten: true), JoinedPart.Start(whole, part));
            Body.Add(new Store(to, Read(value, value.Shape)));
        }
    }

    /// <summary>Says that a node's value is known by a name: the finished product.</summary>
    public void Know(Node node, Value value) => known[node] = value;

    /// <summary>Reads a value from where an earlier pass left it.</summary>
    public void Read(Node node, Access access)
    {
        string local = kernel.LocalName(KernelNames.Local(node));
        Body.Add(new Let(local, new LoadValue(access)));
        Know(node, new LocalValue(local));
    }

    /// <summary>Counts the uses of every value below the wanted ones, so that what is used twice gets a name.</summary>
    public void Plan(IEnumerable<Node> wanted)
    {
        foreach (Node node in wanted)
        {
            Count(Reading.RootOf(node));
        }
    }

    /// <summary>The value of <paramref name="input"/>, read by a node that iterates over <paramref name="shape"/>.</summary>
    public Value Read(Node input, Shape shape)
    {
        Node root = Reading.RootOf(input);
        if (rowValues.TryGetValue(root, out Value? number))
        {
            return number;
        }

        if (kernel.Group.PartOf(input) is { } part)
        {
            return Part(part);
        }

        // What is calculated again is so for the element at hand; other elements of it are in memory.
        bool isElsewhere = input != root && kernel.Stores.IsRecomputed(kernel.Group, root);
        return IsCalculated(root) && !isElsewhere ? Calculate(root)
            : Reading.IsFree(root) ? kernel.Free(root)
            : Load(input, shape);
    }

    private bool IsCalculated(Node root) => known.ContainsKey(root) || kernel.Group.Contains(root) || kernel.Stores.IsRecomputed(kernel.Group, root);

    private void Count(Node node)
    {
        uses.TryGetValue(node, out int count);
        uses[node] = count + 1;
        if (count == 0 && IsCalculated(node) && !known.ContainsKey(node) && !rowValues.ContainsKey(node))
        {
            foreach (Node input in node.Inputs)
            {
                Count(Reading.RootOf(input));
            }
        }
    }

    private Value Calculate(Node node)
    {
        if (known.TryGetValue(node, out Value? value))
        {
            return value;
        }

        ElementwiseOp op = (ElementwiseOp)node.Op;
        ImmutableArray<Value> inputs = [.. node.Inputs.Select(input => Read(input, node.Shape))];
        inputs = [.. inputs.Select((input, index) => Reading.RootOf(node.Inputs[index]) is var root && IsWrittenOut(op, inputs, index, root) ? input : Atom(input, NameOf(root)))];
        value = kernel.Formula(op, inputs, Body);
        if (uses.TryGetValue(node, out int count) && count > 1)
        {
            value = Atom(value, NameOf(node));
        }

        return known[node] = value;
    }

    /// <summary>
    /// Whether an op's input stands in the op's own expression. A sum takes in a product of no other use and rounds once; any other product has the
    /// same bits wherever it is calculated, as an element of <c>a · b + c</c> is the greatest of its row if it equals the maximum that another pass found.
    /// </summary>
    private bool IsWrittenOut(ElementwiseOp op, ImmutableArray<Value> inputs, int index, Node root) => op.IsIntrinsic && !CallValue.IsLong(op, inputs, index)
        && !(op is Add && inputs[index] is CallValue { Op: Mul } && !kernel.Stores.IsUsedOnce(root));

    /// <summary>A value that also goes to memory has its name there; here it is one element of it.</summary>
    private string NameOf(Node node) => kernel.Stores.IsStored(node) ? KernelNames.Wanted(node) + "At" : KernelNames.Local(node);

    private Value Atom(Value value, string name)
    {
        if (value is LocalValue or ConstantValue)
        {
            return value;
        }

        string local = kernel.LocalName(name);
        Body.Add(new Let(local, value));
        return new LocalValue(local);
    }

    /// <summary>The finished element of a part of a product.</summary>
    private Value Part(int part)
    {
        if (!parts.TryGetValue(part, out Value? value))
        {
            string local = kernel.LocalName("product" + (part + 1).ToString(CultureInfo.InvariantCulture));
            Body.Add(new Let(local, new PartValue(part)));
            parts[part] = value = new LocalValue(local);
        }

        return value;
    }

    private Value Load(Node input, Shape shape)
    {
        Access access = kernel.Elements(input, shape);
        if (access.InnerStride == Dim.Zero && hoisted is not null)
        {
            return hoisted.Load(access);
        }

        if (!loads.TryGetValue(access, out Value? value))
        {
            string local = kernel.LocalName(KernelNames.Wanted(Reading.RootOf(input)) + "At");
            Body.Add(new Let(local, new LoadValue(access)));
            loads[access] = value = new LocalValue(local);
        }

        return value;
    }
}
