using System;
using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// Runs a body <c>count</c> times. The inputs are the first values of what is carried, then what is stacked (an element of its leading axis per
/// iteration), then what is captured (the same in every iteration); <c>carried</c> and <c>stacked</c> count the first two.
/// A <c>reverse</c> loop runs from the last iteration to the first.
/// </summary>
/// <remarks>Its gradient is a loop in the other direction and is written by <c>Differentiate</c>, which needs to see the body.</remarks>
internal sealed class Loop : PrimitiveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => throw new InvalidOperationException("Differentiate writes the gradient of a loop.");
}

/// <summary>One result of a loop: <c>index</c> counts the carried values, then the stacked ones.</summary>
internal sealed class LoopResult : PrimitiveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context) => throw new InvalidOperationException("Differentiate writes the gradient of a loop.");
}
