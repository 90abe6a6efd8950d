using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>How a group sees one of its inputs.</summary>
/// <param name="Root">The node whose value it is, behind everything that only moves elements.</param>
/// <param name="Level">The level at which the input is known within the group; null where the value comes from memory.</param>
internal sealed record Reading(Node Root, Level? Level)
{
    /// <summary>Numbers that kernels know without memory. A copy is there to be in memory.</summary>
    public static bool IsFree(Node node) => node.Op is Constant or DimValue or Iota or Random or LoopIndex
        || (node.Op is ElementwiseOp and not Copy && node.Shape.Rank == 0 && node.Inputs.All(IsFree));

    /// <summary>The node behind all ops that only move elements.</summary>
    public static Node RootOf(Node node) => node.Op is MoveOp and not ConcatAlong ? RootOf(node.Input) : node;

    /// <summary>
    /// How a group reads a value. Null where the value is a member's that the group cannot read in place: other elements of it, or one that is
    /// complete only after the last row or the kernel.
    /// </summary>
    public static Reading? In(Group group, Node node)
    {
        Node root = RootOf(node);
        if (!group.Contains(root))
        {
            return new Reading(root, null);
        }

        Level? level = group.LevelOf(root);
        level = level is Schedule.Level.Column or Schedule.Level.Total or Schedule.Level.Joined ? null : Through(group, node, level);
        return level is null ? null : new Reading(root, level);
    }

    /// <summary>The level after the moves between the root and a node; null where they lead to other elements.</summary>
    public static Level? Through(Group group, Node node, Level? level)
    {
        if (node.Op is not MoveOp or ConcatAlong || level is null)
        {
            return level;
        }

        Level? inner = Through(group, node.Input, level);
        return node.Op switch
        {
            SliceOf => group.PartOf(node) is null ? null : Schedule.Level.Full,
            ReshapeTo => inner == Schedule.Level.Full ? Full(group, node.Shape) : inner == Schedule.Level.Row ? Row(group, node.Shape) : null,
            Broadcast when inner == Schedule.Level.Row => RepeatedRow(group, node),
            _ => null,
        };
    }

    private static Level? Full(Group group, Shape shape) => group.Space.Split(shape) is null ? null : Schedule.Level.Full;

    private static Level? Row(Group group, Shape shape) => shape.Size == group.Space.Rows ? Schedule.Level.Row : null;

    /// <summary>A row's number, repeated along the row.</summary>
    private static Level? RepeatedRow(Group group, Node node)
    {
        if (group.Space.Split(node.Shape) is not { } split)
        {
            return null;
        }

        int[] rows = [.. Enumerable.Range(0, split).Where(axis => node.Shape[axis] != Dim.One)];
        int[] mapped = [.. node.Attributes.Axes("axes").Where(axis => node.Shape[axis] != Dim.One)];
        return rows.SequenceEqual(mapped) ? Schedule.Level.Full : null;
    }
}
