using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>Decides whether a node can be calculated within a group, and at which level.</summary>
internal static class Joining
{
    /// <summary>Adds the node to the group if it fits.</summary>
    public static bool TryJoin(Group group, Node node)
    {
        if (group.Kind is GroupKind.Concat or GroupKind.Template or GroupKind.Loop)
        {
            return false;
        }

        Level? level = node.Op switch
        {
            ReduceOp => group.Parts == 1 ? LevelOfReduction(group, node) : null,
            ElementwiseOp => LevelOfElementwise(group, node),
            ConcatAlong => LevelOfJoined(group, node),
            _ => null,
        };
        if (level is not { } found)
        {
            return false;
        }

        group.Add(node, found);
        return true;
    }

    private static Level? LevelOfElementwise(Group group, Node node)
    {
        Reading?[] readings = [.. node.Inputs.Select(input => Reading.In(group, input))];
        if (readings.Contains(null))
        {
            return null;
        }

        bool anyRow = readings.Any(reading => reading!.Level == Level.Row);
        bool anyFull = readings.Any(reading => reading!.Level == Level.Full);
        if (anyRow)
        {
            return !anyFull && group.Kind == GroupKind.Rows && FitsRows(group, node) ? Level.Row : null;
        }

        if (FitsElements(group, node))
        {
            return Level.Full;
        }

        bool ofRows = !anyFull && group is { Kind: GroupKind.Rows, IsSettled: true } && node.Shape.Rank > 0 && group.Space.Inner != Dim.One;
        return ofRows && FitsRows(group, node) ? Level.Row : null;
    }

    /// <summary>The space must have room for the node's axes, and what it reads from memory must be evenly spaced along rows.</summary>
    public static bool FitsElements(Group group, Node node)
    {
        if (group.Space.Split(node.Shape) is not { } split || RowSpace.Finer(group.Space.Outer, [.. node.Shape.Take(split)]) is not { } outer)
        {
            return false;
        }

        foreach (Node input in node.Inputs.Where(input => input.Shape.Rank > 0 && !group.Contains(Reading.RootOf(input))))
        {
            ImmutableArray<Dim> strides = ValueAddress.Of(input).Strides;
            bool inner = RowSpace.Merge([.. strides.Skip(split)], [.. node.Shape.Skip(split)]) is not null;
            bool rows = group.Kind == GroupKind.Rows || RowSpace.Merge([.. strides.Take(split)], [.. node.Shape.Take(split)]) is not null;
            if (!inner || !rows || !FitsIndex(input, split))
            {
                return false;
            }
        }

        group.Space = group.Kind == GroupKind.Rows ? group.Space with { Outer = outer } : group.Space;
        return true;
    }

    /// <summary>An index along an axis can be read where that axis is the row's only one.</summary>
    private static bool FitsIndex(Node input, int split) =>
        Reading.RootOf(input).Op is not Iota || (input.Op is Iota && input.Attributes.Get<int>("axis") == input.Shape.Rank - 1 && split == input.Shape.Rank - 1);

    private static bool FitsRows(Group group, Node node)
    {
        if (node.Inputs.Any(input => Reading.RootOf(input).Op is Iota) || node.Shape.Size != group.Space.Rows || RowSpace.Finer(group.Space.Outer, node.Shape.Dims) is not { } outer)
        {
            return false;
        }

        group.Space = group.Space with { Outer = outer };
        return true;
    }

    /// <summary>A value all of whose parts the group calculates, or knows as numbers, is written by its kernel: each element of a part to its place in the whole.</summary>
    private static Level? LevelOfJoined(Group group, Node node)
    {
        bool fits = (group.Kind == GroupKind.Rows || group.Parts > 1) && node.Inputs.Any(part => group.Contains(Reading.RootOf(part)))
            && node.Inputs.All(part => (IsElement(group, part) || Reading.RootOf(part).Op is Constant) && JoinedPart.Fits(group, node, part));
        return fits ? Level.Joined : null;
    }

    private static bool IsElement(Group group, Node part) => group.Contains(Reading.RootOf(part)) && Reading.In(group, part) is { Level: Level.Full };

    private static Level? LevelOfReduction(Group group, Node node)
    {
        if (Reading.In(group, node.Input) is not { } reading)
        {
            return null;
        }

        int rank = node.Input.Shape.Rank;
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        if (reading.Level == Level.Row)
        {
            return axes.Length == rank && group.Kind == GroupKind.Rows ? Level.Total : null;
        }

        if (reading.Level is null && !group.Members.Any(member => member.Inputs.Any(input => Reading.RootOf(input) == reading.Root)))
        {
            return null;
        }

        bool leading = axes[0] == 0;
        int split = leading ? axes.Length : rank - axes.Length;
        if (axes.Length == rank)
        {
            return group.Kind == GroupKind.Rows && FitsElements(group, node.Input, group.Space.Split(node.Input.Shape)) ? Level.Total : null;
        }

        return Settle(group, node.Input, split) && (leading || group.Kind == GroupKind.Rows) ? leading ? Level.Column : Level.Row : null;
    }

    /// <summary>Fixes where the group's rows end, if it is not fixed otherwise.</summary>
    private static bool Settle(Group group, Node input, int split)
    {
        RowSpace wanted = RowSpace.Of(input.Shape, split);
        bool same = wanted.Rows == group.Space.Rows && wanted.Inner == group.Space.Inner;
        if (!same && (group.IsSettled || !group.Members.All(member => member.Shape == input.Shape)))
        {
            return false;
        }

        RowSpace before = group.Space;
        group.Space = same ? group.Space : wanted;
        if (!group.Members.Where(member => group.LevelOf(member) == Level.Full).All(member => FitsElements(group, member)) || !FitsElements(group, input, group.Space.Split(input.Shape)))
        {
            group.Space = before;
            return false;
        }

        group.IsSettled = true;
        return true;
    }

    private static bool FitsElements(Group group, Node input, int? split)
    {
        if (split is not { } at || group.Contains(Reading.RootOf(input)))
        {
            return split is not null;
        }

        ImmutableArray<Dim> strides = ValueAddress.Of(input).Strides;
        return RowSpace.Merge([.. strides.Skip(at)], [.. input.Shape.Skip(at)]) is not null && RowSpace.Finer(group.Space.Outer, [.. input.Shape.Take(at)]) is not null;
    }
}
