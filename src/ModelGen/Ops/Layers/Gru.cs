using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// <c>r, z = sigmoid(W_ih · xₜ + b_ih + W_hh · hₜ₋₁ + b_hh)</c>; <c>n = tanh(W_in · xₜ + b_in + r · (W_hn · hₜ₋₁ + b_hn))</c>; <c>hₜ = (1 − z) · n + z · hₜ₋₁</c> along time:
/// <c>[batch, time, in] → [batch, time, width]</c>.
/// </summary>
/// <remarks>Cho et al. 2014, with the reset behind the product as in cuDNN and PyTorch. The gates' rows are in the order r, z, n.</remarks>
internal sealed class Gru : RecurrentLayer
{
    protected override int Gates => 3;

    protected override ImmutableArray<string> States { get; } = ["Hidden"];

    protected override bool KeepsHiddenBias => true;

    protected override ImmutableArray<Node> Step(RecurrentStep step)
    {
        Node reset = step.Part("Reset", part => part.Elementwise<Sigmoid>(part.Add(step.GateOf(step.Inputs, 0), step.GateOf(step.Hidden, 0))));
        Node update = step.Part("Update", part => part.Elementwise<Sigmoid>(part.Add(step.GateOf(step.Inputs, 1), step.GateOf(step.Hidden, 1))));
        Node candidate = step.Part("Candidate", part => part.Elementwise<Tanh>(part.Add(step.GateOf(step.Inputs, 2), part.Mul(reset, step.GateOf(step.Hidden, 2)))));
        return [step.Part("Hidden", part => part.Add(candidate, part.Mul(update, part.Sub(step.Before[0], candidate))))];
    }
}
