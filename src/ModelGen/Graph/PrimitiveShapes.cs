using System.Collections.Immutable;
using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Graphs;

/// <summary>What the shape of each primitive must be, given its inputs and attributes.</summary>
internal static class PrimitiveShapes
{
    /// <summary>What is wrong with a node's shape, or null.</summary>
    public static string? Problem(Node node) => node.Op switch
    {
        ElementwiseOp => node.Inputs.All(input => input.Shape == node.Shape || input.Shape.Rank == 0) ? null : "inputs have the shape of the result, or are single numbers",
        ReduceOp => Reduced(node),
        Broadcast => Repeated(node),
        ReshapeTo => node.Input.Shape.Size == node.Shape.Size ? null : "a reshape keeps the number of elements",
        PermuteTo => Permuted(node, node.Attributes.Axes("order")),
        SliceOf => Sliced(node, node.Attributes.Get<int>("axis"), node.Attributes.Get<Dim>("start")),
        ConcatAlong => Joined(node, node.Attributes.Get<int>("axis")),
        FlipOf => node.Input.Shape == node.Shape && node.Attributes.Axes("axes").All(axis => axis < node.Shape.Rank) ? null : "the shape stays",
        StopGradient => node.Input.Shape == node.Shape ? null : "the shape stays",
        MatrixProduct => Product(node),
        TemplateOp template => template.Problem(node),
        TemplateResult => TemplateResult.Problem(node),
        KnownGradient => KnownGradient.Problem(node),
        LoopResult => LoopShapes.Result(node),
        Constant or DimValue or LoopIndex => node.Shape.Rank == 0 ? null : "a number has no axes",
        Iota => node.Attributes.Get<int>("axis") < node.Shape.Rank ? null : "the axis does not exist",
        _ => null,
    };

    private static string? Reduced(Node node)
    {
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        bool sorted = axes.SequenceEqual(axes.Distinct().OrderBy(axis => axis)) && axes.All(axis => axis >= 0 && axis < node.Input.Shape.Rank);
        return sorted && node.Shape == node.Input.Shape.Without(axes) ? null : "the reduced axes disappear";
    }

    private static string? Repeated(Node node)
    {
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        bool known = axes.Length == node.Input.Shape.Rank && axes.Distinct().Count() == axes.Length && axes.All(axis => axis >= 0 && axis < node.Shape.Rank);
        return known && axes.Select((axis, index) => node.Input.Shape[index] == node.Shape[axis] || node.Input.Shape[index] == Dim.One).All(fits => fits)
            ? null
            : "every axis of the input is an axis of the result, of the same length or 1";
    }

    private static string? Permuted(Node node, ImmutableArray<int> order) =>
        order.OrderBy(axis => axis).SequenceEqual(Enumerable.Range(0, node.Input.Shape.Rank)) && node.Shape == Shape.Of(order.Select(axis => node.Input.Shape[axis]))
            ? null
            : "axis i of the result is axis order[i] of the input";

    private static string? Sliced(Node node, int axis, Dim start) =>
        axis < node.Shape.Rank && node.Shape == node.Input.Shape.With(axis, node.Shape[axis]) && !IsNegative(node.Input.Shape[axis] - start - node.Shape[axis])
            ? null
            : "a slice lies within its input and keeps the other axes";

    /// <summary>Whether a dimension is negative whatever its names are; where it depends on them, the run-time checks tell.</summary>
    private static bool IsNegative(Dim dim) => dim.IsConstant && dim.Value < 0;

    private static string? Joined(Node node, int axis)
    {
        Dim length = node.Inputs.Aggregate(Dim.Zero, (sum, input) => sum + input.Shape[axis]);
        return node.Shape[axis] == length && node.Inputs.All(input => input.Shape.With(axis, length) == node.Shape) ? null : "parts differ along one axis, whose lengths add up";
    }

    private static string? Product(Node node)
    {
        Shape a = Stored(node.Inputs[0].Shape, node.Attributes.Get("transposeA", false));
        Shape b = Stored(node.Inputs[1].Shape, node.Attributes.Get("transposeB", false));
        int rank = node.Shape.Rank;
        bool fits = a.Rank == rank && b.Rank == rank && a[rank - 1] == b[rank - 2] && a.Take(rank - 2).SequenceEqual(b.Take(rank - 2));
        return fits && node.Shape == a.With(rank - 1, b[rank - 1]) ? null : "[.., m, k] · [.., k, n] is [.., m, n]";
    }

    private static Shape Stored(Shape shape, bool isTransposed) =>
        isTransposed ? shape.With(shape.Rank - 1, shape[shape.Rank - 2]).With(shape.Rank - 2, shape[shape.Rank - 1]) : shape;
}
