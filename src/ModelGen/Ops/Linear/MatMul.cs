using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = a · b</c> over the last two axes. <c>b</c> is one matrix for all, or has the same leading axes as <c>a</c>.</summary>
internal sealed class MatMul : CompositeOp
{
    public override ImmutableArray<string> InputNames { get; } = ["a", "b"];

    public override Shape InferShape(ShapeContext context)
    {
        Shape a = context.Input();
        Shape b = context.Input(1);
        bool ranks = a.Rank >= 2 && b.Rank >= 2 && (b.Rank == 2 || (b.Rank == a.Rank && a.Dims.Take(a.Rank - 2).SequenceEqual(b.Dims.Take(a.Rank - 2))));
        if (!ranks || a[a.Rank - 1] != b[b.Rank - 2])
        {
            return context.Mismatch(
                $"MatMul needs the last axis of its first operand to equal the last but one of its second, and a second operand that is one matrix or has the same leading axes: "
                + $"{context.Describe(0)}, but {context.Describe(1)}. Permute or Reshape one of them",
                a.Rank > 0 && b.Rank > 0 ? a.With(a.Rank - 1, b[b.Rank - 1]) : a);
        }

        return a.With(a.Rank - 1, b[b.Rank - 1]);
    }

    public override Node Lower(LowerContext context)
    {
        Node b = context.Inputs[1];
        return b.Shape.Rank == 2 ? context.Builder.RowsTimes(context.Input, b, transposeB: false) : context.Builder.MatMul(context.Input, b);
    }
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
