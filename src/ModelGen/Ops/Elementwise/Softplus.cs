using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = ln(1 + e^(beta · x)) / beta</c>, or x itself where <c>beta · x &gt; threshold</c>.</summary>
/// <remarks>Dugas et al. 2001.</remarks>
internal sealed class Softplus : ElementwiseWord
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        double beta = context.Attributes.Number("beta", 1.0);
        Node threshold = builder.Constant(context.Attributes.Number("threshold", 20.0));
        Node x = context.Input;
        Node scaled = builder.Part("Scaled", part => beta == 1 ? x : part.Mul(x, part.Constant(beta)));
        Node log = builder.Part("Log", part => part.Elementwise<Log1pExp>(scaled));
        Node y = builder.Part("Quotient", part => beta == 1 ? log : part.Div(log, part.Constant(beta)));
        return builder.Elementwise<Where>(builder.Part("Line", part => part.Elementwise<Greater>(scaled, threshold)), x, y);
    }
}

/// <summary><c>y = ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)</c></summary>
/// <remarks><c>dx = dy · sigmoid(x)</c></remarks>
internal sealed class Log1pExp : UnaryOp
{
    public override Scalar Forward(Scalar x) => Scalars.Max(x, 0) + Scalars.Log1p(Scalars.Exp(-Scalars.Abs(x)));

    public override Scalar Backward(Scalar x, Scalar y, Scalar dy) => dy * Scalars.Sigmoid(x);
}
