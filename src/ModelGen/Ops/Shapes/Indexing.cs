using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>A word that looks something up: a call is checked for indices that do not exist before it writes anything.</summary>
internal interface IIndexing
{
    /// <summary>The indices among the inputs of a node of the word.</summary>
    Node Indices(Node node);

    /// <summary>The number of things that are indexed: every index is less.</summary>
    Dim Limit(Node node);

    /// <summary>A value that stands for no index, and is allowed besides; null where there is none.</summary>
    int? Ignored(Node node);
}

/// <summary><c>y[p] = x[q]</c>, where <c>q</c> is the position <c>p</c> with <c>indices[p]</c> in the place of <c>axis</c>.</summary>
internal sealed class Gather : CompositeOp, IIndexing
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "indices"];

    public Node Indices(Node node) => node.Inputs[1];

    public Dim Limit(Node node) => Indexing.Along(node, node.Input.Shape);

    public int? Ignored(Node node) => null;

    public override Shape InferShape(ShapeContext context)
    {
        Indexing.CheckIndices(context, 1);
        return Indexing.TryAlong(context, 1, out _) ? context.Input(1) : context.Input();
    }

    public override Node Lower(LowerContext context)
    {
        Node indices = context.Inputs[1];
        int axis = AxisCount.FromStart(context.Attributes.Get<int>("axis"), indices.Shape.Rank);
        Node x = Indexing.Cut(context.Builder, context.Input, indices.Shape, axis);
        return context.Builder.Reshape(context.Builder.Gather(Indexing.Folded(context.Builder, x, axis), Indexing.Folded(context.Builder, indices, axis)), indices.Shape);
    }
}

/// <summary><c>y = x</c>, but <c>y[q] = source[p]</c>, where <c>q</c> is the position <c>p</c> with <c>indices[p]</c> in the place of <c>axis</c>.</summary>
internal sealed class Scatter : CompositeOp, IIndexing
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "indices", "source"];

    public Node Indices(Node node) => node.Inputs[1];

    public Dim Limit(Node node) => Indexing.Along(node, node.Input.Shape);

    public int? Ignored(Node node) => null;

    public override Shape InferShape(ShapeContext context)
    {
        Indexing.CheckIndices(context, 1);
        Shape indices = context.Input(1);
        Shape source = context.Input(2);
        if (Indexing.TryAlong(context, 1, out _) && (source.Rank != indices.Rank || !Enumerable.Range(0, indices.Rank).All(axis => Indexing.IsWithin(indices[axis], source[axis]))))
        {
            return context.Mismatch($"Scatter needs an element of its source for every index: {context.Describe(1)}, but {context.Describe(2)}. Give the source the shape of the indices", context.Input());
        }

        return context.Input();
    }

    public override Node Lower(LowerContext context)
    {
        Node indices = context.Inputs[1];
        int axis = AxisCount.FromStart(context.Attributes.Get<int>("axis"), indices.Shape.Rank);
        Node source = Indexing.Cut(context.Builder, context.Inputs[2], indices.Shape, -1);
        return Within(context.Builder, context.Input, indices, source, axis, 0);
    }

    /// <summary>Where the indices do not reach along another axis than theirs, <c>x</c> stays as it is.</summary>
    private static Node Within(GraphBuilder builder, Node x, Node indices, Node source, int axis, int other)
    {
        if (other == x.Shape.Rank)
        {
            Node scattered = builder.Scatter(Indexing.Folded(builder, x, axis), Indexing.Folded(builder, source, axis), Indexing.Folded(builder, indices, axis));
            return builder.Reshape(scattered, x.Shape);
        }

        Dim length = indices.Shape[other];
        if (other == axis || x.Shape[other] == length)
        {
            return Within(builder, x, indices, source, axis, other + 1);
        }

        Node reached = Within(builder, builder.Slice(x, other, Dim.Zero, length), indices, source, axis, other + 1);
        return builder.Concat(other, reached, builder.Slice(x, other, length, x.Shape[other] - length));
    }
}

/// <summary>The parts of <c>x</c> along <c>axis</c> that a list of indices names, in its order.</summary>
internal sealed class IndexSelect : CompositeOp, IIndexing
{
    public override ImmutableArray<string> InputNames { get; } = ["x", "indices"];

    public Node Indices(Node node) => node.Inputs[1];

    public Dim Limit(Node node) => Indexing.Along(node, node.Input.Shape);

    public int? Ignored(Node node) => null;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        Indexing.CheckIndices(context, 1);
        if (context.Input(1).Rank != 1)
        {
            return context.Mismatch($"IndexSelect takes a list of indices, but {context.Describe(1)}: Reshape it to one axis, or use Gather", x);
        }

        return context.TryAxis(context.Attributes.Get<int>("axis"), x.Rank, out int axis) ? x.With(axis, context.Input(1)[0]) : x;
    }

    public override Node Lower(LowerContext context) =>
        context.Builder.Rows(context.Input, AxisCount.FromStart(context.Attributes.Get<int>("axis"), context.Input.Shape.Rank), context.Inputs[1]);
}

/// <summary>What the words with indices share.</summary>
internal static class Indexing
{
    /// <summary>Whole parts of <c>x</c> along an axis: the axes of the indices take the place of that axis. A lookup of rows, whose gradient adds rows up.</summary>
    public static Node Rows(this GraphBuilder builder, Node x, int axis, Node indices)
    {
        Node list = builder.Reshape(indices, Shape.Of(Dim.One, indices.Shape.Size, Dim.One));
        Node rows = builder.Gather(Folded(builder, x, axis), list);
        return builder.Reshape(rows, Shape.Of(x.Shape.Take(axis).Concat(indices.Shape).Concat(x.Shape.Skip(axis + 1))));
    }

    /// <summary>The same elements as <c>[batch, size, inner]</c>, where the middle axis is the one that is indexed.</summary>
    public static Node Folded(GraphBuilder builder, Node x, int axis) =>
        builder.Reshape(x, Shape.Of(Dim.Product(x.Shape.Take(axis)), x.Shape[axis], Dim.Product(x.Shape.Skip(axis + 1))));

    /// <summary>The part of a value that indices reach, along all axes but theirs.</summary>
    public static Node Cut(GraphBuilder builder, Node x, Shape indices, int axis)
    {
        for (int other = 0; other < indices.Rank; other++)
        {
            x = other == axis ? x : builder.Slice(x, other, Dim.Zero, indices[other]);
        }

        return x;
    }

    /// <summary>The size of the axis that a node's attribute <c>axis</c> names.</summary>
    public static Dim Along(Node node, Shape x) => x[AxisCount.FromStart(node.Attributes.Get<int>("axis"), x.Rank)];

    /// <summary>Checks that indices have as many axes as <c>x</c> and reach no further along any but the one that they index.</summary>
    public static bool TryAlong(ShapeContext context, int input, out int axis)
    {
        Shape x = context.Input();
        Shape indices = context.Input(input);
        if (!context.TryAxis(context.Attributes.Get<int>("axis"), x.Rank, out axis))
        {
            return false;
        }

        int along = axis;
        bool fits = indices.Rank == x.Rank && Enumerable.Range(0, x.Rank).All(other => other == along || IsWithin(indices[other], x[other]));
        if (!fits)
        {
            context.Mismatch(
                $"{context.Node.Op.Name} along axis {axis.ToString(CultureInfo.InvariantCulture)} needs indices with as many axes, none of the others longer: "
                + $"{context.Describe(0)}, but {context.Describe(input)}. Reshape or cut the indices",
                x);
        }

        return fits;
    }

    /// <summary>Whether a size is no larger than another, whatever the names in them are.</summary>
    public static bool IsWithin(Dim size, Dim whole) => size == whole || (size.IsConstant && whole.IsConstant && size.Value <= whole.Value);

    /// <summary>Reports indices that are no whole numbers.</summary>
    public static void CheckIndices(ShapeContext context, int input)
    {
        if (context.Inputs[input].Type != TensorType.Int)
        {
            context.Report(
                DiagnosticCatalog.WrongElementType, $"{context.Node.Op.Name} needs a Tensor<int> as indices, but '{context.Inputs[input].Origin.Text}' is none: declare it as Tensor<int>");
        }
    }
}
