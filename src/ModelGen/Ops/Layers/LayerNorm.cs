using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = (x − mean) / √(variance + ε) · weight + bias</c> along the last axis.</summary>
/// <remarks>The variance divides by n. Ba, Kiros and Hinton 2016, formulas 3 and 4.</remarks>
internal sealed class LayerNorm : LayerOp
{
    public override Shape InferShape(ShapeContext context) =>
        context.Input().Rank > 0 ? context.Input() : context.Mismatch($"LayerNorm needs at least one axis, but {context.Describe(0)}: Reshape it to [1]", context.Input());

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Shape shape = context.Input.Shape;
        int axis = shape.Rank - 1;
        Shape width = Shape.Of(shape[axis]);
        Node mean = builder.Part("Mean", part => part.Mean(context.Input, [axis]));
        Node centred = builder.Part("Centred", part => part.Sub(context.Input, part.Along(mean, shape, axis)));
        Node variance = builder.Part("Variance", part => part.Mean(part.Mul(centred, centred), [axis]));
        Node epsilon = builder.Constant(context.Attributes.Number("epsilon", 1e-5));
        Node deviation = builder.Part("Deviation", part => part.Elementwise<Sqrt>(part.Add(variance, epsilon)));
        Node scale = builder.Part("Scale", part => part.Div(part.Constant(1), deviation));
        Node normal = builder.Part("Normal", part => part.Mul(centred, part.Along(scale, shape, axis)));
        Node weight = context.Parameter("weight", width, Initializer.Ones);
        Node bias = context.Parameter("bias", width, Initializer.Zeros);
        return builder.Add(builder.Mul(normal, builder.Broadcast(weight, shape, [axis])), builder.Broadcast(bias, shape, [axis]));
    }
}
