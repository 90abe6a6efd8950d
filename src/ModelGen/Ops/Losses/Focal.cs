using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>L = mean of αₜ · qᵞ · c</c>: the binary cross-entropy <c>c</c>, scaled down where the wrong answer's probability <c>q</c> is small.</summary>
/// <remarks>
/// With <c>s = sigmoid(logit)</c>, <c>q = s · (1 − t) + (1 − s) · t</c> and <c>αₜ = α · t + (1 − α) · (1 − t)</c>, which a negative α leaves out. Lin et al. 2017,
/// formula 5.
/// </remarks>
internal sealed class Focal : TargetLossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["logits", "target"];

    public override Classification Classification => Classification.Binary;

    public override Shape InferShape(ShapeContext context)
    {
        context.Require(context.Attributes.Number("alpha", 0.25) <= 1, "the alpha of Focal is the weight of the targets that are 1: pass a number from 0 to 1, or a negative one for no weights");
        context.Require(context.Attributes.Number("gamma", 2) is >= 0 and < double.PositiveInfinity, "the gamma of Focal is an exponent of at least 0: pass one, such as 2");
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node target = context.Inputs[1];
        Node other = builder.Part("OtherTarget", part => part.Sub(part.Constant(1), target));
        Node term = builder.Part("Term", part => part.Elementwise<BinaryCrossEntropyTerm>(context.Input, target));
        double gamma = context.Attributes.Number("gamma", 2);
        if (gamma > 0)
        {
            Node wrong = builder.Part("Wrong", part => Mix(part, part.Elementwise<Sigmoid>(context.Input), other, part.Elementwise<Sigmoid>(part.Elementwise<Neg>(context.Input)), target));
            term = builder.Part("Focused", part => part.Mul(Power(part, wrong, gamma), term));
        }

        double alpha = context.Attributes.Number("alpha", 0.25);
        return builder.MeanOfAll(alpha < 0 ? term : builder.Part("Weighted", part => part.Mul(Mix(part, part.Constant(alpha), target, part.Constant(1 - alpha), other), term)));
    }

    private static Node Mix(GraphBuilder builder, Node a, Node shareOfA, Node b, Node shareOfB) => builder.Add(builder.Mul(a, shareOfA), builder.Mul(b, shareOfB));

    private static Node Power(GraphBuilder builder, Node x, double exponent) => exponent switch
    {
        1 => x,
        2 => builder.Mul(x, x),
        _ => builder.Elementwise<MagnitudePower>(x, builder.Constant(exponent)),
    };
}
