using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary><c>L = mean over rows of ln Σⱼ exp(xⱼ − m) − (xₜ − m)</c>, where <c>m = max x</c> and <c>t</c> is the target class.</summary>
internal sealed class SoftmaxCrossEntropy : LossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["logits", "target"];

    public override Classification Classification => Classification.Classes;

    public override TensorType TargetType => TensorType.Int;

    public override Shape Target(Shape prediction) => prediction.Rank == 0 ? prediction : prediction.Without([prediction.Rank - 1]);

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node logits = context.Input;
        int axis = logits.Shape.Rank - 1;
        Node largest = builder.LargestAlong(logits, axis);
        Node shifted = builder.Part("Shifted", part => part.Sub(logits, largest));
        Node total = builder.Part("Total", part => part.Sum(part.Elementwise<Exp>(shifted), [axis]));
        Node logTotal = builder.Part("LogTotal", part => part.Elementwise<Log>(total));
        Node isTarget = builder.Part("IsTarget", part => part.Elementwise<Equal>(part.Iota(logits.Shape, axis), part.Along(context.Inputs[1], logits.Shape, axis)));
        Node picked = builder.Part("Picked", part => part.Sum(part.Elementwise<Where>(isTarget, shifted, part.Constant(0)), [axis]));
        Node ofRow = builder.Part("OfRow", part => part.Sub(logTotal, picked));
        return builder.MeanOfAll(ofRow);
    }
}

/// <summary><c>L = mean (prediction − target)²</c></summary>
internal sealed class Mse : LossOp
{
    public override ImmutableArray<string> InputNames { get; } = ["prediction", "target"];

    public override Node Lower(LowerContext context)
    {
        Node difference = context.Builder.Part("Difference", part => part.Sub(context.Input, context.Inputs[1]));
        Node square = context.Builder.Part("Square", part => part.Mul(difference, difference));
        return context.Builder.MeanOfAll(square);
    }
}

/// <summary><c>L = mean of −t · ln s − (1 − t) · ln(1 − s)</c>, where <c>s = sigmoid(logit)</c>.</summary>
internal sealed class BinaryCrossEntropy : LossOp
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
        return Scalars.Max(a, 0) - (a * b) + Scalars.Log(1 + Scalars.Exp(-magnitude));
    }

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (dy * (Scalars.Sigmoid(a) - b), -(dy * a));
}
