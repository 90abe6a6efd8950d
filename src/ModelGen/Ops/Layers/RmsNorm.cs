using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = x / √(mean(x²) + ε) · weight</c> along the last axis.</summary>
/// <remarks>Zhang and Sennrich 2019, formula 4.</remarks>
internal sealed class RmsNorm : LayerOp
{
    /// <summary>The distance from 1 to the next float, 2⁻²³: what PyTorch takes where it is given none.</summary>
    private const double DefaultEpsilon = 1.0 / (1 << 23);

    public override Shape InferShape(ShapeContext context) =>
        context.Input().Rank > 0 ? context.Input() : context.Mismatch($"RmsNorm needs at least one axis, but {context.Describe(0)}: Reshape it to [1]", context.Input());

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node x = context.Input;
        int axis = x.Shape.Rank - 1;
        Node meanSquare = builder.Part("MeanSquare", part => part.Mean(part.Mul(x, x), [axis]));
        Node epsilon = builder.Constant(context.Attributes.Number("epsilon", DefaultEpsilon));
        Node magnitude = builder.Part("Magnitude", part => part.Elementwise<Sqrt>(part.Add(meanSquare, epsilon)));
        Node scale = builder.Part("Scale", part => part.Div(part.Constant(1), magnitude));
        Node normal = builder.Part("Normal", part => part.Mul(x, part.Along(scale, x.Shape, axis)));
        Node weight = context.Parameter("weight", Shape.Of(x.Shape[axis]), Initializer.Ones);
        return builder.Mul(normal, builder.Broadcast(weight, x.Shape, [axis]));
    }
}
