using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>L = mean of t · (ln t − x)</c>, where x is the logarithm of a probability; with <c>logTarget</c>, so is the target: <c>exp(t) · (t − x)</c>.</summary>
/// <remarks>The mean is over all elements. A probability of 0 adds 0.</remarks>
internal sealed class KlDivergence : TargetLossOp
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        (Node x, Node target) = (context.Input, context.Inputs[1]);
        Node term = builder.Part("Term", part => context.Attributes.Get("logTarget", false)
            ? part.Mul(part.Elementwise<Exp>(target), part.Sub(target, x))
            : part.Sub(part.Elementwise<Entropy>(target), part.Mul(target, x)));
        return builder.MeanOfAll(term);
    }
}

/// <summary><c>y = x · ln x</c>, 0 at 0.</summary>
/// <remarks><c>dx = dy · (1 + ln x)</c></remarks>
internal sealed class Entropy : UnaryOp
{
    public override Scalar Forward(Scalar x) => Scalars.Where(Scalars.Equal(x, 0), 0, x * Scalars.Log(x));

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * (1 + Scalars.Log(x));
}
