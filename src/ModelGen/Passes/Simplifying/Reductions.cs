using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Simplifying;

/// <summary>Algebra of sums.</summary>
internal static class Reductions
{
    /// <summary>A simpler node of the same value and shape, or null: a sum of sums is one, and what only repeats is multiplied.</summary>
    public static Node? Simplify(GraphBuilder builder, Node node, Node x)
    {
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        if (x.Op is ReduceSum)
        {
            int[] left = [.. Enumerable.Range(0, x.Input.Shape.Rank).Except(x.Attributes.Axes("axes"))];
            return builder.Sum(x.Input, x.Attributes.Axes("axes").Concat(axes.Select(axis => left[axis])));
        }

        if (x.Op is Broadcast && !x.Attributes.Axes("axes").Intersect(axes).Any())
        {
            return SumOfRepeated(builder, node, x, axes);
        }

        return axes.All(axis => x.Shape[axis] == Dim.One) ? builder.Reshape(x, node.Shape) : null;
    }

    private static Node SumOfRepeated(GraphBuilder builder, Node node, Node x, ImmutableArray<int> axes)
    {
        int[] left = [.. Enumerable.Range(0, x.Shape.Rank).Except(axes)];
        Node once = builder.Broadcast(x.Input, node.Shape, x.Attributes.Axes("axes").Select(axis => System.Array.IndexOf(left, axis)));
        return builder.Mul(once, builder.DimValue(Dim.Product(axes.Select(axis => x.Shape[axis]))));
    }
}
