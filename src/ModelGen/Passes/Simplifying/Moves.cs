using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Simplifying;

/// <summary>Algebra of ops that move elements.</summary>
internal static class Moves
{
    /// <summary>A simpler node of the same value and shape, or null.</summary>
    public static Node? Simplify(GraphBuilder builder, Node node, Node[] inputs)
    {
        Node x = inputs[0];
        return node.Op switch
        {
            ReshapeTo when x.Op is ReshapeTo => builder.Reshape(x.Input, node.Shape),
            ReshapeTo when IsNumber(x) => builder.Broadcast(x.Input, node.Shape, []),
            ReshapeTo when x.Shape == node.Shape => x,
            PermuteTo when x.Op is PermuteTo => builder.Permute(x.Input, Compose(x.Attributes.Axes("order"), node.Attributes.Axes("order"))),
            PermuteTo when IsNumber(x) => builder.Broadcast(x.Input, node.Shape, []),
            SliceOf when IsNumber(x) => builder.Broadcast(x.Input, node.Shape, []),
            FlipOf when IsNumber(x) => x,
            Broadcast when x.Op is Broadcast => builder.Broadcast(x.Input, node.Shape, Compose(node.Attributes.Axes("axes"), x.Attributes.Axes("axes"))),
            Broadcast when x.Shape == node.Shape => x,
            _ => null,
        };
    }

    private static bool IsNumber(Node node) => node.Op is Broadcast && node.Input.Shape.Rank == 0;

    /// <summary>The order whose i-th axis is <c>first[second[i]]</c>.</summary>
    private static ImmutableArray<int> Compose(ImmutableArray<int> first, ImmutableArray<int> second) => [.. second.Select(axis => first[axis])];
}
