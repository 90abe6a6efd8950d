using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>hₜ = activation(W_ih · xₜ + b_ih + W_hh · hₜ₋₁ + b_hh)</c> along time: <c>[batch, time, in] → [batch, time, width]</c>.</summary>
/// <remarks>Elman 1990; <c>activation</c> is Tanh unless the user says otherwise.</remarks>
internal sealed class Rnn : RecurrentLayer
{
    protected override int Gates => 1;

    protected override ImmutableArray<string> States { get; } = ["Hidden"];

    protected override ImmutableArray<Node> Step(RecurrentStep step)
    {
        Node sum = step.Part("Sum", part => part.Add(step.Hidden, step.Inputs));
        return [step.Part("Hidden", part => step.Pass.Context.Apply(step.Pass.Context.Attributes.Get("activation", "Tanh"), sum, part))];
    }
}
