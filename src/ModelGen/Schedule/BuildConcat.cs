using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>One input of a concatenation: the copy kernel that writes it into its part of the whole.</summary>
internal static class BuildConcat
{
    /// <param name="part">Which input.</param>
    public static Kernel Run(KernelWriter kernel, Node concat, int part, string name, EquatableArray<string> comment)
    {
        Node input = concat.Inputs[part];
        ElementWriter elements = new(kernel, [], null);
        elements.Plan([input]);
        Value value = elements.Read(input, input.Shape);
        int operand = kernel.OperandOf(concat, JoinedPart.Start(concat, part), isWritten: true);
        Access to = JoinedPart.Address(kernel.Group, concat, input, operand, Dim.Zero);
        elements.Body.Add(new Store(to, value));
        Stage stage = new(true, elements.Body.ToEquatableArray());
        RowKernel built = new(
            name, comment, kernel.Operands, kernel.Streams, kernel.LoopIndexes, kernel.Outer.ToEquatableArray(), kernel.Group.Space.Inner, [stage], new EquatableArray<BlockSum>([]));
        return ChooseTeam.Run(Flatten.Run(built));
    }

    /// <summary>A group for one part, which iterates over that part.</summary>
    public static Group PartOf(Group concat, Node input) => new(concat.Id, GroupKind.Concat, input, RowSpace.Of(input.Shape, input.Shape.Rank - 1));
}
