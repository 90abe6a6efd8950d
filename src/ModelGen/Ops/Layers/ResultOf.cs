using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A layer that gives several tensors: its own value is the first of them.</summary>
internal interface IManyResults
{
    /// <summary>The shape of one of the results behind the first.</summary>
    Shape ShapeOf(Node node);
}

/// <summary>One of several results of a layer: <c>index</c> counts them from 1, as the layer's own value is the first. <c>Lower</c> knows what it is.</summary>
internal sealed class ResultOf : Op
{
    public override ImmutableArray<string> InputNames { get; } = ["layer"];

    public override Shape InferShape(ShapeContext context) => ((IManyResults)context.Inputs[0].Op).ShapeOf(context.Inputs[0]);
}
