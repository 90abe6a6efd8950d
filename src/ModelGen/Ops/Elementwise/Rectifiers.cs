using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = x</c> where <c>x &gt; 0</c>, else <c>slope · x</c>.</summary>
/// <remarks>Maas, Hannun and Ng 2013.</remarks>
internal sealed class LeakyRelu : ElementwiseWord
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node x = context.Input;
        Node positive = builder.Elementwise<Greater>(x, builder.Constant(0));
        return builder.Elementwise<Where>(positive, x, builder.Mul(x, builder.Constant(context.Attributes.Number("slope", 0.01))));
    }
}

/// <summary><c>y</c> is x, or the bound that x is beyond: <c>low</c> or <c>high</c>. NaN stays NaN.</summary>
/// <remarks><c>dx = dy</c> where <c>low ≤ x ≤ high</c>, else 0.</remarks>
internal sealed class Clamp : ElementwiseWord
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node x = context.Input;
        Node low = builder.Constant(context.Attributes.Number("low", double.NegativeInfinity));
        Node high = builder.Constant(context.Attributes.Number("high", double.PositiveInfinity));
        Node notAbove = builder.Elementwise<Where>(builder.Elementwise<Greater>(x, high), high, x);
        return builder.Elementwise<Where>(builder.Elementwise<Greater>(low, x), low, notAbove);
    }
}

/// <summary><c>y = max(0, min(1, x / 6 + 1/2))</c></summary>
/// <remarks><c>dx = dy / 6</c> where <c>−3 &lt; x &lt; 3</c>, else 0.</remarks>
internal sealed class HardSigmoid : UnaryOp
{
    public override Scalar Forward(Scalar x) => Of(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => Scalars.Where(Scalars.Greater(3, Scalars.Abs(x)), dy / 6, 0);

    /// <summary>The formula.</summary>
    public static Scalar Of(Scalar x) => Scalars.Max(Scalars.Min((x / 6) + 0.5, 1), 0);
}

/// <summary><c>y = x · max(0, min(1, x / 6 + 1/2))</c></summary>
/// <remarks><c>dx = dy · (x / 3 + 1/2)</c> where <c>−3 &lt; x &lt; 3</c>, 0 below and dy above. Howard et al. 2019.</remarks>
internal sealed class HardSwish : UnaryOp
{
    public override Scalar Forward(Scalar x) => x * HardSigmoid.Of(x);

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) =>
        Scalars.Where(Scalars.Greater(3, Scalars.Abs(x)), dy * ((x / 3) + 0.5), Scalars.Where(Scalars.Greater(x, 0), dy, 0));
}
