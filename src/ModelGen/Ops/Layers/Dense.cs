using System;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>y = activation(x · weightᵀ + bias)</c> along the last axis: <c>[.., in] → [.., width]</c>.</summary>
/// <remarks>Parameters <c>weight [width, in]</c> and <c>bias [width]</c> start uniform within ±1/√in, as PyTorch's Linear.</remarks>
internal sealed class Dense : LayerOp
{
    public override ImmutableArray<string> DimNames { get; } = ["width"];

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        Dim width = context.Attributes.Get<Dim>("width");
        if (!width.IsConstant)
        {
            return context.Mismatch($"the width {width} of a Dense layer must be a number at build time, because it fixes the size of its parameters: write a number", x);
        }

        return x.Rank == 0
            ? context.Mismatch($"Dense needs at least one axis, but {context.Describe(0)}: Reshape it to [1]", Shape.Of(width))
            : x.With(x.Rank - 1, width);
    }

    public override Node Lower(LowerContext context)
    {
        Shape x = context.Input.Shape;
        Dim width = context.Attributes.Get<Dim>("width");
        Dim size = x[x.Rank - 1];
        Initializer initializer = Initializer.Resolve(context.Attributes, Initializer.Uniform(1 / Math.Sqrt(size.Value)), size.Value, width.Value);
        Node y = context.Builder.RowsTimes(context.Input, context.Parameter("weight", Shape.Of(width, size), initializer), transposeB: true);
        if (context.Attributes.Get("bias", true))
        {
            Node bias = context.Parameter("bias", Shape.Of(width), Initializer.Uniform(1 / Math.Sqrt(size.Value)));
            y = context.Builder.Add(y, context.Builder.Broadcast(bias, y.Shape, [x.Rank - 1]));
        }

        return context.Apply(context.Attributes.Get("activation", "None"), y);
    }
}
