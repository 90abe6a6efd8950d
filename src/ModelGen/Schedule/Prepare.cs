using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>
/// Copies values where memory must lie in one piece, and turns reductions so that they run along the first or the last axes.
/// After it, every op that moves elements is an address.
/// </summary>
/// <example><code>
/// %2 = PermuteTo %1 {order=[1, 0]}             %2 = PermuteTo %1 {order=[1, 0]}
/// %3 = ReshapeTo %2 : [12]               →     %3 = Copy %2
///                                              %4 = ReshapeTo %3 : [12]
/// </code></example>
internal sealed class Prepare : Rewriter
{
    private readonly Stack<HashSet<Node>> claimed = new();
    private readonly Stack<Dictionary<(Node, TensorType), Node>> copies = new();

    public static Graph Run(Graph graph) => new Prepare().Rewrite(graph);

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body) => node.Op switch
    {
        ReshapeTo when !ValueAddress.CanReshape(inputs[0], node.Shape) => builder.Reshape(Copied(builder, inputs[0], TensorType.Float), node.Shape),
        MatrixProduct => Product(builder, node, inputs),
        Loop => builder.Copy(node, inputs.Select(input => InOnePiece(builder, input, input.Type)), body), // whose body takes what it is given as it is
        TemplateOp => builder.Copy(node, inputs.Select(input => InOnePiece(builder, input, TensorType.Float)), body),
        ReduceOp reduce => Reduced(builder, reduce, node, inputs[0]),
        _ => builder.Copy(node, inputs),
    };

    protected override void Begin(GraphBuilder builder, Graph graph)
    {
        claimed.Push([]);
        copies.Push([]);
    }

    protected override void End(GraphBuilder builder)
    {
        claimed.Pop();
        copies.Pop();
    }

    /// <summary>An output is written by the kernel that calculates it, if that kernel calculates just it; else it is copied.</summary>
    protected override Node Output(GraphBuilder builder, GraphOutput output, Node value)
    {
        ValueAddress address = ValueAddress.Of(value);
        bool calculated = address.Root.Op is (ElementwiseOp or ReduceOp or MatrixProduct or ConcatAlong or TemplateOp or TemplateResult) && !Reading.IsFree(address.Root);
        bool owned = calculated || LoopScheduler.IsStack(address.Root);
        bool whole = address.Offset == Dim.Zero && address.IsContiguous(value.Shape) && address.Root.Shape.Size == value.Shape.Size;
        if (owned && whole && !Reading.IsFree(address.Root) && claimed.Peek().Add(address.Root))
        {
            address.Root.Rename(output.Role == OutputRole.Gradient ? address.Root.Origin with { Name = "d" + output.Name, Part = null } : address.Root.Origin);
            return value;
        }

        Node copy = Copy(builder, value, value.Type);
        copy.Rename(new Origin(output.Role == OutputRole.Gradient ? "d" + output.Name : output.Name, value.Origin.Text, value.Origin.Place) { IsGradient = value.Origin.IsGradient });
        return copy;
    }

    /// <summary>A copy for all that need the value in one piece.</summary>
    private Node Copied(GraphBuilder builder, Node value, TensorType type)
    {
        if (!copies.Peek().TryGetValue((value, type), out Node? copy))
        {
            copies.Peek()[(value, type)] = copy = Copy(builder, value, type);
        }

        return copy;
    }

    /// <summary>The copy bears the name of what it copies, if that has one. It may hold numbers where the value holds integers: kernels convert what they
    /// read, and indexes stay exact up to 2²⁴.</summary>
    private static Node Copy(GraphBuilder builder, Node value, TensorType type)
    {
        (Origin before, builder.Origin) = (builder.Origin, value.Origin.FullName.Length > 0 ? value.Origin : builder.Origin);
        Node copy = builder.Add(Catalog<Ops.Copy>.Op, [value], null, value.Shape, type);
        builder.Origin = before;
        return copy;
    }

    private Node InOnePiece(GraphBuilder builder, Node value, TensorType type) =>
        value.Op is not (Constant or DimValue or Iota or Random or LoopIndex) && ValueAddress.Of(value) is { Root: { } root } address
            && root.Op is not (Constant or DimValue or Iota or Random or LoopIndex) && address.IsContiguous(value.Shape)
            ? value
            : Copied(builder, value, type);

    private Node Product(GraphBuilder builder, Node node, Node[] inputs)
    {
        (Node a, bool transposeA) = Operand(builder, inputs[0], node.Attributes.Get("transposeA", false));
        (Node b, bool transposeB) = Operand(builder, inputs[1], node.Attributes.Get("transposeB", false));
        return builder.MatMul(a, b, transposeA, transposeB);
    }

    /// <summary>A transposed view of a matrix is the matrix, read the other way round.</summary>
    private (Node Value, bool Transpose) Operand(GraphBuilder builder, Node value, bool transpose)
    {
        int rank = value.Shape.Rank;
        if (value.Op is PermuteTo && value.Attributes.Axes("order").SequenceEqual([.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]))
        {
            return (InOnePiece(builder, value.Input, TensorType.Float), !transpose);
        }

        return (InOnePiece(builder, value, TensorType.Float), transpose);
    }

    private Node Reduced(GraphBuilder builder, ReduceOp op, Node node, Node x)
    {
        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        int rank = x.Shape.Rank;
        bool leading = axes.SequenceEqual(Enumerable.Range(0, axes.Length));
        bool trailing = axes.SequenceEqual(Enumerable.Range(rank - axes.Length, axes.Length));
        if (leading || trailing)
        {
            return builder.Reduce(op, Even(builder, x, axes.Length == rank ? rank - 1 : leading ? axes.Length : rank - axes.Length), axes);
        }

        int[] kept = [.. Enumerable.Range(0, rank).Except(axes)];
        Node turned = Even(builder, builder.Permute(x, kept.Concat(axes)), kept.Length);
        return builder.Reduce(op, turned, Enumerable.Range(kept.Length, axes.Length));
    }

    /// <summary>A value whose rows, which start at an axis, are evenly spaced elements.</summary>
    private Node Even(GraphBuilder builder, Node x, int split) =>
        RowSpace.Merge([.. ValueAddress.Of(x).Strides.Skip(split)], [.. x.Shape.Skip(split)]) is null ? Copied(builder, x, TensorType.Float) : x;
}
