using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>For each index a row of <c>count</c> numbers: 1 at the index, 0 elsewhere. It has no gradient.</summary>
internal sealed class OneHot : CompositeOp, IIndexing
{
    public override ImmutableArray<string> InputNames { get; } = ["indices"];

    public override ImmutableArray<string> DimNames { get; } = ["count"];

    public Node Indices(Node node) => node.Input;

    public Dim Limit(Node node) => node.Attributes.Get<Dim>("count");

    public int? Ignored(Node node) => null;

    public override Shape InferShape(ShapeContext context)
    {
        Dim count = context.Attributes.Get<Dim>("count");
        Indexing.CheckIndices(context, 0);
        return count.IsConstant && count.Value < 1
            ? context.Mismatch($"OneHot cannot make rows of {count} numbers: give the number of different indices, at least 1", Shape.Of(context.Input().Append(Dim.One)))
            : Shape.Of(context.Input().Append(count));
    }

    public override Node Lower(LowerContext context)
    {
        Shape shape = context.Node.Shape;
        return context.Builder.Elementwise<Equal>(context.Builder.Iota(shape, shape.Rank - 1), context.Builder.Along(context.Input, shape, shape.Rank - 1));
    }
}

/// <summary>Matrices, the last two axes, with 0 on one side of a diagonal: <c>diagonal</c> counts from the main one to the right.</summary>
internal abstract class Triangle<TComparison> : CompositeOp
    where TComparison : ComparisonOp, new()
{
    public override Shape InferShape(ShapeContext context) => context.Input().Rank >= 2
        ? context.Input()
        : context.Mismatch($"{Name} works on matrices, the last two axes, but {context.Describe(0)}: Reshape it", context.Input());

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Shape shape = context.Input.Shape;
        int rank = shape.Rank;
        // Kernels count along rows; the number of the row itself comes from memory.
        Node row = builder.Part("Row", part => part.Elementwise<Copy>(part.Iota(Shape.Of(shape[rank - 2]), 0)));
        Node diagonal = builder.Part("Diagonal", part => part.Add(row, part.Constant(context.Attributes.Get("diagonal", 0))));
        Node isKept = builder.Part("IsKept", part => part.Elementwise<TComparison>(part.Iota(shape, rank - 1), part.Broadcast(diagonal, shape, [rank - 2])));
        return builder.Elementwise<Where>(isKept, context.Input, builder.Constant(0));
    }
}

/// <summary><c>y[.., i, j] = x[.., i, j]</c> where <c>j ≤ i + diagonal</c>, else 0.</summary>
internal sealed class Tril : Triangle<LessEqual>;

/// <summary><c>y[.., i, j] = x[.., i, j]</c> where <c>j ≥ i + diagonal</c>, else 0.</summary>
internal sealed class Triu : Triangle<GreaterEqual>;
