using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary><c>L = mean over rows of ln Σⱼ exp(xⱼ − m) − (xₜ − m)</c>, where <c>m = max x</c> and <c>t</c> is the target class.</summary>
/// <remarks>
/// Label smoothing takes (1 − ε) of that and ε of its mean over all classes in the place of t. A class weight multiplies each class's terms, and the mean
/// is one weighted by the targets' weights. Rows whose target is <c>ignoreIndex</c> count nowhere.
/// </remarks>
internal sealed class SoftmaxCrossEntropy : TargetLossOp, IIndexing
{
    private const int NoIndex = int.MinValue;

    public override ImmutableArray<string> InputNames { get; } = ["logits", "target", "weight"];

    public override Classification Classification => Classification.Classes;

    public override TensorType TargetType => TensorType.Int;

    public override Shape Target(Shape prediction) => prediction.Rank == 0 ? prediction : prediction.Without([prediction.Rank - 1]);

    public Node Indices(Node node) => node.Inputs[1];

    /// <summary>The number of classes.</summary>
    public Dim Limit(Node node) => node.Input.Shape[node.Input.Shape.Rank - 1];

    /// <summary>The target that is ignored, or null.</summary>
    public int? Ignored(Node node) => node.Attributes.Get("ignoreIndex", NoIndex) is int index and not NoIndex ? index : null;

    public override Shape InferShape(ShapeContext context)
    {
        context.Require(
            context.Attributes.Number("labelSmoothing", 0) is >= 0 and <= 1, "the labelSmoothing of SoftmaxCrossEntropy is a share of the target: pass a number from 0 to 1, such as 0.1");
        return base.InferShape(context);
    }

    public override Node Lower(LowerContext context) =>
        context.Inputs.Length == 2 && LinearScores.Of(context) is { } scores ? InBlocks(context, scores) : AtOnce(context);

    /// <summary>Without an array of all rows and classes.</summary>
    private Node InBlocks(LowerContext context, LinearScores scores)
    {
        GraphBuilder builder = context.Builder;
        Node bias = scores.Bias ?? builder.Fill(0, Shape.Of(scores.Weight.Shape[0]));
        Node target = builder.Reshape(context.Inputs[1], Shape.Of(scores.Hidden.Shape[0]));
        AttributeSet attributes = AttributeSet.Of("ignored", Ignored(context.Node) ?? NoIndex).With("smoothing", context.Attributes.Number("labelSmoothing", 0));
        return context.Training
            ? builder.WithGradients(Catalog<LinearCrossEntropyGradients>.Op, [scores.Hidden, scores.Weight, bias, target], attributes)
            : builder.Add(Catalog<LinearCrossEntropy>.Op, [scores.Hidden, scores.Weight, bias, target], attributes, Shape.Scalar);
    }

    private Node AtOnce(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node logits = context.Input;
        Node target = context.Inputs[1];
        int axis = logits.Shape.Rank - 1;
        Node largest = builder.LargestAlong(logits, axis);
        Node shifted = builder.Part("Shifted", part => part.Sub(logits, largest));
        Node total = builder.Part("Total", part => part.Sum(part.Elementwise<Exp>(shifted), [axis]));
        Node logTotal = builder.Part("LogTotal", part => part.Elementwise<Log>(total));
        Node isTarget = builder.Part("IsTarget", part => part.Elementwise<Equal>(part.Iota(logits.Shape, axis), part.Along(target, logits.Shape, axis)));
        Node picked = builder.Part("Picked", part => part.Sum(part.Elementwise<Where>(isTarget, shifted, part.Constant(0)), [axis]));
        Node? weight = context.Inputs.Length > 2 ? builder.Stop(builder.Broadcast(context.Inputs[2], logits.Shape, [axis])) : null;
        Node? weightOfRow = weight is null ? null : builder.Part("WeightOfRow", part => part.Sum(part.Elementwise<Where>(isTarget, weight, part.Constant(0)), [axis]));
        double smoothing = context.Attributes.Number("labelSmoothing", 0);
        Node ofRow = builder.Part("OfRow", part =>
        {
            Node ofTarget = Weighted(part, part.Sub(logTotal, picked), weightOfRow);
            return smoothing == 0 ? ofTarget : Mixed(part, ofTarget, OfAllClasses(part, shifted, logTotal, weight), smoothing);
        });
        return MeanOf(builder, ofRow, weightOfRow, Ignored(context.Node) is { } ignored ? builder.Part("IsKept", part => part.Elementwise<NotEqual>(target, part.Constant(ignored))) : null);
    }

    protected override Shape Expected(int input, Shape first) => input == 2 && first.Rank > 0 ? Shape.Of(first[first.Rank - 1]) : base.Expected(input, first);

    private static Node Weighted(GraphBuilder builder, Node x, Node? weight) => weight is null ? x : builder.Mul(weight, x);

    private static Node Mixed(GraphBuilder builder, Node ofTarget, Node ofAll, double smoothing) =>
        builder.Add(builder.Mul(ofTarget, builder.Constant(1 - smoothing)), builder.Mul(ofAll, builder.Constant(smoothing)));

    /// <summary>The mean over the classes of what a row would lose if its target were each of them.</summary>
    private static Node OfAllClasses(GraphBuilder builder, Node shifted, Node logTotal, Node? weight)
    {
        int axis = shifted.Shape.Rank - 1;
        return weight is null
            ? builder.Part("OfAll", part => part.Sub(logTotal, part.Mean(shifted, [axis])))
            : builder.Part("OfAll", part => part.Mean(part.Mul(weight, part.Sub(part.Along(logTotal, shifted.Shape, axis), shifted)), [axis]));
    }

    /// <summary>The mean over the rows that are kept, weighted where there are weights.</summary>
    private static Node MeanOf(GraphBuilder builder, Node ofRow, Node? weight, Node? isKept)
    {
        Node? counted = isKept is null ? weight : builder.Part("Counted", part => part.Elementwise<Where>(isKept, weight ?? part.Constant(1), part.Constant(0)));
        if (counted is null)
        {
            return builder.MeanOfAll(ofRow);
        }

        int[] rows = [.. Enumerable.Range(0, ofRow.Shape.Rank)];
        Node kept = isKept is null ? ofRow : builder.Part("Kept", part => part.Elementwise<Where>(isKept, ofRow, part.Constant(0)));
        Node sum = builder.Part("Sum", part => part.Sum(kept, rows));
        return builder.Div(sum, builder.Part("Count", part => part.Sum(counted, rows)));
    }
}
