using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y[.., i] = weight[x[..], i]</c>: a row of a table for each index, <c>[..] → [.., width]</c>.</summary>
/// <remarks>The parameter <c>weight [count, width]</c> starts normal with deviation 1, as PyTorch's Embedding. Its gradient adds up what comes to each row.</remarks>
internal sealed class Embedding : LayerOp, IIndexing
{
    public Node Indices(Node node) => node.Input;

    public Dim Limit(Node node) => node.Attributes.Get<int>("count");

    public int? Ignored(Node node) => null;

    public override Dim? SizedBy(Node node) => null;

    public override Shape InferShape(ShapeContext context)
    {
        Indexing.CheckIndices(context, 0);
        return Shape.Of([.. context.Input(), context.Attributes.Get<int>("width")]);
    }

    public override Node Lower(LowerContext context)
    {
        (int count, int width) = (context.Attributes.Get<int>("count"), context.Attributes.Get<int>("width"));
        Initializer initializer = Initializer.Resolve(context.Attributes, Initializer.Normal(1), width, count);
        return context.Builder.Rows(context.Parameter("weight", Shape.Of(count, width), initializer), 0, context.Input);
    }
}
