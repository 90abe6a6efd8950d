using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>Writes the numbers of a row: what is loaded once per row, and what is calculated from reductions along it.</summary>
internal sealed class RowWriter(KernelWriter kernel, Dictionary<Node, Value> rowValues)
{
    private readonly Dictionary<Access, Value> loads = [];

    /// <summary>Gets what stands before the first pass.</summary>
    public List<Instruction> Start { get; } = [];

    /// <summary>Loads a number of the row before its first pass.</summary>
    public Value Load(Access access)
    {
        if (!loads.TryGetValue(access, out Value? value))
        {
            string local = kernel.Name(kernel.Operands[access.Operand].Name + (access.OuterStrides.All(stride => stride == Dim.Zero) ? "Value" : "OfRow"));
            Start.Add(new Let(local, new LoadValue(access)));
            loads[access] = value = new LocalValue(local);
        }

        return value;
    }

    /// <summary>Calculates a member that exists once per row.</summary>
    public void Calculate(Node node, List<Instruction> body)
    {
        ImmutableArray<Value> inputs = [.. node.Inputs.Select(Read)];
        string local = kernel.Name(kernel.Stores.IsStored(node) ? KernelNames.Wanted(node) + ".of.row" : KernelNames.Local(node));
        body.Add(new Let(local, kernel.Formula((ElementwiseOp)node.Op, inputs, body, kernel.Name)));
        rowValues[node] = new LocalValue(local);
    }

    public Value Read(Node input)
    {
        Node root = Reading.RootOf(input);
        return rowValues.TryGetValue(root, out Value? value) ? value
            : Reading.IsFree(root) ? kernel.Free(root)
            : Load(kernel.Rows(input));
    }
}
