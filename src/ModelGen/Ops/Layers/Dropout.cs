using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>In training, <c>y = x / (1 − p)</c> with probability <c>1 − p</c> and 0 otherwise; in inference <c>y = x</c>.</summary>
/// <remarks>The mask is drawn again from its counters wherever it is needed, never stored. Srivastava et al. 2014.</remarks>
internal sealed class Dropout : LayerOp
{
    public override Shape InferShape(ShapeContext context) => context.Input();

    public override Dim? SizedBy(Node node) => null;

    public override Node Lower(LowerContext context)
    {
        double p = context.Attributes.Number("p", 0.5);
        if (!context.Training || p == 0)
        {
            return context.Input;
        }

        GraphBuilder builder = context.Builder;
        if (p == 1)
        {
            return builder.Fill(0, context.Input.Shape);
        }

        Node uniform = builder.Add(Catalog<Random>.Op, [], context.RandomSite(), context.Input.Shape);
        Node kept = builder.Part("Kept", part => part.Elementwise<GreaterEqual>(uniform, part.Constant(p)));
        Node scaled = builder.Part("Scaled", part => part.Div(context.Input, part.Constant(1 - p)));
        return builder.Elementwise<Where>(kept, scaled, builder.Constant(0));
    }
}
