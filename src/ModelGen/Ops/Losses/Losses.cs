using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>L = mean (prediction − target)²</c></summary>
internal sealed class Mse : TargetLossOp
{
    public override Node Lower(LowerContext context)
    {
        Node difference = context.Builder.Part("Difference", part => part.Sub(context.Input, context.Inputs[1]));
        Node square = context.Builder.Part("Square", part => part.Mul(difference, difference));
        return context.Builder.MeanOfAll(square);
    }
}

/// <summary><c>L = mean |prediction − target|</c></summary>
internal sealed class Mae : TargetLossOp
{
    public override Node Lower(LowerContext context)
    {
        Node difference = context.Builder.Part("Difference", part => part.Sub(context.Input, context.Inputs[1]));
        return context.Builder.MeanOfAll(context.Builder.Part("Magnitude", part => part.Elementwise<Abs>(difference)));
    }
}

/// <summary><c>L = mean of d² / 2</c> where <c>|d| ≤ δ</c>, else of <c>δ · (|d| − δ/2)</c>, with <c>d = prediction − target</c>.</summary>
/// <remarks>Huber 1964.</remarks>
internal sealed class Huber : TargetLossOp
{
    public override Shape InferShape(ShapeContext context)
    {
        context.Require(context.Attributes.Number("delta", 1) > 0, "the delta of Huber is where the loss becomes a line: pass a number above 0, such as 1");
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node difference = builder.Part("Difference", part => part.Sub(context.Input, context.Inputs[1]));
        return builder.MeanOfAll(builder.Part("Term", part => part.Elementwise<HuberTerm>(difference, part.Constant(context.Attributes.Number("delta", 1)))));
    }
}

/// <summary><c>y = c · (|d| − c/2)</c> with <c>c = min(|d|, δ)</c>: one term of the Huber loss, in which nothing is squared that is large.</summary>
/// <remarks><c>dd = dy · max(−δ, min(δ, d))</c></remarks>
internal sealed class HuberTerm : BinaryOp
{
    public override Scalar Forward(Scalar a, Scalar b)
    {
        Scalar clipped = Scalars.Min(Scalars.Abs(a), b);
        return clipped * (Scalars.Abs(a) - (clipped * 0.5));
    }

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy * Scalars.Max(Scalars.Min(a, b), -b), null);
}

/// <summary><c>L = mean max(0, 1 − prediction · target)</c>, where the target is −1 or 1.</summary>
internal sealed class Hinge : TargetLossOp
{
    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node margin = builder.Part("Margin", part => part.Sub(part.Constant(1), part.Mul(context.Input, context.Inputs[1])));
        return builder.MeanOfAll(builder.Part("Term", part => part.Elementwise<Relu>(margin)));
    }
}

/// <summary><c>L = mean of −t · ln s − (1 − t) · ln(1 − s)</c>, where <c>s = sigmoid(logit)</c>.</summary>
internal sealed class BinaryCrossEntropy : TargetLossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["logits", "target"];

    public override Classification Classification => Classification.Binary;

    public override Node Lower(LowerContext context) =>
        context.Builder.MeanOfAll(context.Builder.Part("Term", part => part.Elementwise<BinaryCrossEntropyTerm>(context.Input, context.Inputs[1])));
}

/// <summary><c>y = max(x, 0) − x · t + ln(1 + exp(−|x|))</c>: one term of the binary cross-entropy, which cannot overflow.</summary>
/// <remarks><c>dx = dy · (sigmoid(x) − t)</c>, <c>dt = −dy · x</c></remarks>
internal sealed class BinaryCrossEntropyTerm : BinaryOp
{
    public override Scalar Forward(Scalar a, Scalar b)
    {
        Scalar magnitude = Scalars.Max(a, -a);
        return Scalars.Max(a, 0) - (a * b) + Scalars.Log1p(Scalars.Exp(-magnitude));
    }

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy * (Scalars.Sigmoid(a) - b), -(dy * a));
}
