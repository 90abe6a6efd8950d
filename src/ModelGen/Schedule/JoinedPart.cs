using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Where the parts of a joined value lie in it.</summary>
internal static class JoinedPart
{
    /// <summary>The elements of the whole before the first of a part.</summary>
    public static Dim Start(Node whole, int part)
    {
        int axis = whole.Attributes.Get<int>("axis");
        return whole.Inputs.Take(part).Aggregate(Dim.Zero, (sum, before) => sum + before.Shape[axis]) * ValueAddress.Contiguous(whole.Shape)[axis];
    }

    /// <summary>Whether a group that iterates over a part can address it in the whole.</summary>
    public static bool Fits(Group group, Node whole, Node part)
    {
        if (group.Space.Split(part.Shape) is not { } split)
        {
            return false;
        }

        ImmutableArray<Dim> strides = ValueAddress.Contiguous(whole.Shape);
        (ImmutableArray<Dim> rows, ImmutableArray<Dim> dims) = ([.. strides.Take(split)], [.. part.Shape.Take(split)]);
        bool fitsRows = RowSpace.Expand(rows, dims, OuterOf(group)) is not null || RowSpace.Merge(rows, dims) is not null;
        return fitsRows && RowSpace.Merge([.. strides.Skip(split)], [.. part.Shape.Skip(split)]) is not null;
    }

    /// <summary>The address of the elements of a part in a kernel that iterates over it.</summary>
    /// <param name="operand">The operand that begins <paramref name="offset"/> elements before the part.</param>
    public static Access Address(Group group, Node whole, Node part, int operand, Dim offset)
    {
        int split = group.Space.Split(part.Shape)!.Value;
        ImmutableArray<Dim> strides = ValueAddress.Contiguous(whole.Shape);
        return new Access(
            operand,
            offset,
            RowSpace.Fit([.. strides.Take(split)], [.. part.Shape.Take(split)], OuterOf(group)).ToEquatableArray(),
            RowSpace.Merge([.. strides.Skip(split)], [.. part.Shape.Skip(split)])!);
    }

    private static ImmutableArray<Dim> OuterOf(Group group) => [.. group.Space.Outer.Where(dim => dim != Dim.One)];
}
