using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>One input of a concatenation: the copy kernel that writes it into its part of the whole.</summary>
internal static class BuildConcat
{
    /// <param name="part">Which input.</param>
    public static Kernel Run(KernelWriter kernel, Node concat, int part, string name, EquatableArray<string> comment)
    {
        int axis = concat.Attributes.Get<int>("axis");
        Node input = concat.Inputs[part];
        Dim start = concat.Inputs.Take(part).Aggregate(Dim.Zero, (sum, before) => sum + before.Shape[axis]);
        ImmutableArray<Dim> whole = ValueAddress.Contiguous(concat.Shape);
        int split = kernel.Group.Space.Split(input.Shape)!.Value;
        ElementWriter elements = new(kernel, [], null);
        elements.Plan([input]);
        Value value = elements.Read(input, input.Shape);
        Access to = new(
            kernel.OperandOf(concat, start * whole[axis], isWritten: true),
            Dim.Zero,
            RowSpace.Fit([.. whole.Take(split)], [.. input.Shape.Take(split)], kernel.Outer).ToEquatableArray(),
            RowSpace.Merge([.. whole.Skip(split)], [.. input.Shape.Skip(split)])!);
        elements.Body.Add(new Store(to, value));
        Stage stage = new(true, elements.Body.ToEquatableArray());
        RowKernel built = new(
            name, comment, kernel.Operands, kernel.Streams, kernel.LoopIndexes, kernel.Outer.ToEquatableArray(), kernel.Group.Space.Inner, [stage], new EquatableArray<BlockSum>([]));
        return ChooseTeam.Run(Flatten.Run(built));
    }

    /// <summary>A group for one part, which iterates over that part.</summary>
    public static Group PartOf(Group concat, Node input) => new(concat.Id, GroupKind.Concat, input, RowSpace.Of(input.Shape, input.Shape.Rank - 1));
}
