using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// <c>L = mean of 1 − c</c> where the target is 1, and of <c>max(0, c − margin)</c> where it is −1, with the cosine <c>c = a · b / √((|a|² + ε)(|b|² + ε))</c> along
/// the last axis and ε = 10⁻¹².
/// </summary>
internal sealed class CosineEmbedding : LossOp
{
    private const double Epsilon = 1e-12;

    public override ImmutableArray<string> InputNames { get; } = ["a", "b", "target"];

    public override Shape InferShape(ShapeContext context)
    {
        RequireAxis(context);
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        (Node a, Node b, Node target) = (context.Input, context.Inputs[1], context.Inputs[2]);
        Node product = builder.Part("Product", part => Dot(part, a, b));
        Node length = builder.Part("Length", part => part.Mul(Length(part, a), Length(part, b)));
        Node cosine = builder.Part("Cosine", part => part.Div(product, length));
        Node apart = builder.Part("Apart", part => part.Sub(cosine, part.Constant(context.Attributes.Number("margin", 0))));
        Node term = builder.Part("Term", part => Case(part, target, 1, part.Sub(part.Constant(1), cosine), Case(part, target, -1, part.NotBelowZero(apart), part.Constant(0))));
        return builder.MeanOfAll(term);
    }

    protected override Shape Expected(int input, Shape first) => input == 1 || first.Rank == 0 ? first : first.Without([first.Rank - 1]);

    private static Node Dot(GraphBuilder builder, Node a, Node b) => builder.Sum(builder.Mul(a, b), [a.Shape.Rank - 1]);

    private static Node Length(GraphBuilder builder, Node x) => builder.Elementwise<Sqrt>(builder.Add(Dot(builder, x, x), builder.Constant(Epsilon)));

    private static Node Case(GraphBuilder builder, Node x, double value, Node then, Node otherwise) =>
        builder.Elementwise<Where>(builder.Elementwise<Equal>(x, builder.Constant(value)), then, otherwise);
}

/// <summary><c>L = mean max(0, d(anchor, positive) − d(anchor, negative) + margin)</c> with <c>d(a, b) = ‖a − b + ε‖ₚ</c> along the last axis.</summary>
internal sealed class Triplet : LossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["anchor", "positive", "negative"];

    public override Shape InferShape(ShapeContext context)
    {
        RequireAxis(context);
        context.Require(!double.IsNaN(context.Attributes.Number("p", 2)), "the p of Triplet is NaN: pass the norm's exponent, such as 2");
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node near = builder.Part("Near", part => Distance(part, context, context.Inputs[1]));
        Node far = builder.Part("Far", part => Distance(part, context, context.Inputs[2]));
        Node excess = builder.Part("Excess", part => part.Add(part.Sub(near, far), part.Constant(context.Attributes.Number("margin", 1))));
        return builder.MeanOfAll(builder.Part("Term", part => part.NotBelowZero(excess)));
    }

    private static Node Distance(GraphBuilder builder, LowerContext context, Node other)
    {
        Node difference = builder.Add(builder.Sub(context.Input, other), builder.Constant(context.Attributes.Number("eps", 1e-6)));
        return Norm.Of(builder, difference, context.Attributes.Number("p", 2), [difference.Shape.Rank - 1]);
    }
}

/// <summary>Pieces that losses share.</summary>
internal static class LossPieces
{
    /// <summary><c>max(x, 0)</c> whose gradient at 0 is whole, as that of PyTorch's <c>clamp_min</c>.</summary>
    public static Node NotBelowZero(this GraphBuilder builder, Node x) =>
        builder.Elementwise<Where>(builder.Elementwise<Greater>(builder.Constant(0), x), builder.Constant(0), x);
}
