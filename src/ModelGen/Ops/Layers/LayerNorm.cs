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
        Node centred = builder.Sub(context.Input, builder.Along(builder.Mean(context.Input, [axis]), shape, axis));
        Node variance = builder.Mean(builder.Mul(centred, centred), [axis]);
        Node deviation = builder.Elementwise<Sqrt>(builder.Add(variance, builder.Constant(context.Attributes.Number("epsilon", 1e-5))));
        Node scale = builder.Div(builder.Constant(1), deviation);
        Node normal = builder.Mul(centred, builder.Along(scale, shape, axis));
        Node weight = context.Parameter("weight", width, Initializer.Ones);
        Node bias = context.Parameter("bias", width, Initializer.Zeros);
        return builder.Add(builder.Mul(normal, builder.Broadcast(weight, shape, [axis])), builder.Broadcast(bias, shape, [axis]));
    }
}
