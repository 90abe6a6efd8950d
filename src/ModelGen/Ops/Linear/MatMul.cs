using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// <c>y = a · b</c> over the last two axes, the leading ones broadcast. As in PyTorch, <c>a</c> of one axis is a row and <c>b</c> of one axis a column, and the
/// result is without that axis.
/// </summary>
internal sealed class MatMul : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["a", "b"];

    public override Shape InferShape(ShapeContext context)
    {
        Shape a = context.Input();
        Shape b = context.Input(1);
        if (a.Rank == 0 || b.Rank == 0)
        {
            return context.Mismatch($"MatMul multiplies rows with columns, but '{context.Inputs[a.Rank == 0 ? 0 : 1].Origin.Text}' is a single number: use *", a.Rank == 0 ? b : a);
        }

        Shape rows = Rows(a);
        Shape columns = Columns(b);
        Shape? leading = Broadcasting.Join(Leading(rows), Leading(columns));
        if (leading is null || rows[rows.Rank - 1] != columns[columns.Rank - 2])
        {
            context.Mismatch(
                $"MatMul needs the last axis of its first operand to equal the last but one of its second, and leading axes that are equal or 1, aligned at the last: "
                + $"{context.Describe(0)}, but {context.Describe(1)}. Permute or Reshape one of them",
                a);
            leading ??= Leading(rows);
        }

        return Result(a, b, leading);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        (Node a, Node b) = (context.Inputs[0], context.Inputs[1]);
        Node rows = builder.Reshape(a, Rows(a.Shape));
        Node columns = builder.Reshape(b, Columns(b.Shape));
        return builder.Reshape(Product(builder, rows, columns), context.Node.Shape);
    }

    private static Node Product(GraphBuilder builder, Node rows, Node columns)
    {
        int rank = columns.Shape.Rank;
        if (Leading(columns.Shape).All(dim => dim == Dim.One))
        {
            return builder.RowsTimes(rows, builder.Reshape(columns, Shape.Of(columns.Shape[rank - 2], columns.Shape[rank - 1])), transposeB: false);
        }

        Shape leading = Broadcasting.Join(Leading(rows.Shape), Leading(columns.Shape))!;
        return builder.MatMul(Repeated(builder, rows, leading), Repeated(builder, columns, leading));
    }

    /// <summary>A matrix for each of the leading axes' positions.</summary>
    private static Node Repeated(GraphBuilder builder, Node matrices, Shape leading) =>
        Broadcasting.To(builder, matrices, Shape.Of(leading.Concat(matrices.Shape.Skip(matrices.Shape.Rank - 2))));

    private static Shape Rows(Shape a) => a.Rank == 1 ? Shape.Of(Dim.One, a[0]) : a;

    private static Shape Columns(Shape b) => b.Rank == 1 ? Shape.Of(b[0], Dim.One) : b;

    private static Shape Leading(Shape matrices) => Shape.Of(matrices.Take(matrices.Rank - 2));

    private static Shape Result(Shape a, Shape b, Shape leading) =>
        Shape.Of(leading.Concat(a.Rank == 1 ? [] : [a[a.Rank - 2]]).Concat(b.Rank == 1 ? [] : [b[b.Rank - 1]]));
}

/// <summary>Products of all rows of a tensor with one matrix.</summary>
internal static class RowProducts
{
    public static Node RowsTimes(this GraphBuilder builder, Node x, Node matrix, bool transposeB)
    {
        int rank = x.Shape.Rank;
        Dim rows = Dim.Product(x.Shape.Take(rank - 1));
        Node product = builder.MatMul(builder.Reshape(x, Shape.Of(rows, x.Shape[rank - 1])), matrix, false, transposeB);
        return builder.Reshape(product, x.Shape.With(rank - 1, matrix.Shape[transposeB ? 0 : 1]));
    }
}
