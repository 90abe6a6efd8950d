using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Passes.Gradients;

/// <summary>The body of a backward loop, and what it takes and gives.</summary>
/// <param name="UsedStacked">The stacked inputs of the forward loop that the body reads again.</param>
/// <param name="UsedCaptured">The captured inputs of the forward loop that the body reads again.</param>
/// <param name="CapturedInputs">The captured inputs of the forward loop that receive gradients, with the shapes <paramref name="Captured"/>.</param>
/// <param name="StackedInputs">The stacked inputs of the forward loop that receive gradients, with the shapes <paramref name="Stacked"/> of one element.</param>
internal sealed record BackwardBody(
    Graph Graph,
    ImmutableArray<int> UsedStacked,
    ImmutableArray<int> UsedCaptured,
    ImmutableArray<int> CapturedInputs,
    ImmutableArray<Shape> Captured,
    ImmutableArray<int> StackedInputs,
    ImmutableArray<Shape> Stacked);
