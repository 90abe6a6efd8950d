using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// <c>i, f, o = sigmoid(…)</c>, <c>g = tanh(…)</c> of <c>W_ih · xₜ + b_ih + W_hh · hₜ₋₁ + b_hh</c>; <c>cₜ = f · cₜ₋₁ + i · g</c>; <c>hₜ = o · tanh(cₜ)</c> along time:
/// <c>[batch, time, in] → [batch, time, width]</c>.
/// </summary>
/// <remarks>Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000. The gates' rows are in the order i, f, g, o.</remarks>
internal sealed class Lstm : RecurrentLayer
{
    protected override int Gates => 4;

    protected override ImmutableArray<string> States { get; } = ["Hidden", "Cell"];

    protected override ImmutableArray<Node> Step(RecurrentStep step)
    {
        Node gates = step.Part("Gates", part => part.Add(step.Hidden, step.Inputs));
        Node input = step.Part("Input", part => part.Elementwise<Sigmoid>(step.GateOf(gates, 0)));
        Node forget = step.Part("Forget", part => part.Elementwise<Sigmoid>(step.GateOf(gates, 1)));
        Node candidate = step.Part("Candidate", part => part.Elementwise<Tanh>(step.GateOf(gates, 2)));
        Node output = step.Part("Output", part => part.Elementwise<Sigmoid>(step.GateOf(gates, 3)));
        Node cell = step.Part("Cell", part => part.Add(part.Mul(forget, step.Before[1]), part.Mul(input, candidate)));
        Node hidden = step.Part("Hidden", part => part.Mul(output, part.Elementwise<Tanh>(cell)));
        return [hidden, cell];
    }
}
