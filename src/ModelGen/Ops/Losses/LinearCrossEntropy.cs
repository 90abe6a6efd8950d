using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// The cross-entropy of <c>softmax(hidden · weightᵀ + bias)</c>, row after row, without an array of all rows and classes: the mean over the rows whose target is not
/// <c>ignored</c>. The inputs are <c>hidden [rows, size]</c>, <c>weight [classes, size]</c>, <c>bias [classes]</c> and <c>target [rows]</c>.
/// </summary>
internal class LinearCrossEntropy : TemplateOp
{
    public override ImmutableArray<string> InputNames { get; } = ["hidden", "weight", "bias", "target"];

    public override string Template => "Losses.LinearCrossEntropy";

    public override bool TakesFrame => true;

    public sealed override IEnumerable<Dim> Sizes(Node node)
    {
        Shape weight = node.Inputs[1].Shape;
        return [node.Input.Shape[0], weight[0], weight[1], Dim.Of(node.Attributes.Get<int>("ignored"))];
    }

    public sealed override IEnumerable<double> Numbers(Node node) => [node.Attributes.Number("smoothing", 0)];

    public sealed override string? Problem(Node node)
    {
        (Shape hidden, Shape weight, Shape bias, Shape target) = (node.Input.Shape, node.Inputs[1].Shape, node.Inputs[2].Shape, node.Inputs[3].Shape);
        bool fits = hidden.Rank == 2 && weight.Rank == 2 && hidden[1] == weight[1] && bias == Shape.Of(weight[0]) && target == Shape.Of(hidden[0]) && node.Shape.Rank == 0;
        return fits ? null : "[rows, size], [classes, size], [classes] and [rows] give a number";
    }

    /// <summary>Gradients come from <see cref="LinearCrossEntropyGradients"/>, which training calculates instead.</summary>
    public override ImmutableArray<Node?> Gradient(GradientContext context) => [null, null, null, null];
}

/// <summary>The same, and besides its gradients with respect to hidden, weight and bias: all of a block of rows while its scores are at hand, so that none is calculated twice.</summary>
internal sealed class LinearCrossEntropyGradients : LinearCrossEntropy
{
    public override string Template => "Losses.LinearCrossEntropyGradients";

    public override ImmutableArray<Shape> Others(Node node) => [.. node.Inputs.Take(3).Select(input => input.Shape)];
}
