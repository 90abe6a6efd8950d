using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y[.., t, i] = x[.., t, i] + weight[t, i]</c>: a learned row for each of up to <c>length</c> positions, <c>[.., time, width] → [.., time, width]</c>.</summary>
/// <remarks>The parameter <c>weight [length, width]</c> starts normal with deviation 1. Vaswani et al. 2017, section 3.5, with learned positions.</remarks>
internal sealed class Position : LayerOp
{
    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        int length = context.Attributes.Get<int>("length");
        return x.Rank < 2 ? context.Mismatch($"Position needs the axes [.., time, width], but {context.Describe(0)}: Reshape it", x)
            : Indexing.IsWithin(x[x.Rank - 2], length) || !x[x.Rank - 2].IsConstant ? x
            : context.Mismatch($"Position has rows for {length} positions, but {context.Describe(0)}: declare [Position({x[x.Rank - 2]})] or shorten the input", x);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Shape x = context.Input.Shape;
        int rank = x.Rank;
        int length = context.Attributes.Get<int>("length");
        Dim width = x[rank - 1];
        Initializer initializer = Initializer.Resolve(context.Attributes, Initializer.Normal(1), width.Value, length);
        Node rows = builder.Slice(context.Parameter("weight", Shape.Of(length, width), initializer), 0, Dim.Zero, x[rank - 2]);
        return builder.Add(context.Input, builder.Broadcast(rows, x, [rank - 2, rank - 1]));
    }
}
