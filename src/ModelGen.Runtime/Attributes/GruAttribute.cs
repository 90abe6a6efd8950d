using System;

namespace ModelGen;

/// <summary>
/// A gated recurrent layer: <c>hₜ = (1 − z) · n + z · hₜ₋₁</c> for every step of a sequence, with the gates <c>r</c> and <c>z</c> and
/// <c>n = tanh(W_in · xₜ + b_in + r · (W_hn · hₜ₋₁ + b_hn))</c>.
/// </summary>
/// <remarks>
/// From <c>[batch, time, in]</c> to <c>[batch, time, width]</c>, or <c>2 · width</c> where it is bidirectional; states begin at zero, and a sequence has one step at least. Parameters as in
/// PyTorch's <c>GRU</c>: <c>weight_ih_l0 [3·width, in]</c>, <c>weight_hh_l0 [3·width, width]</c>, <c>bias_ih_l0</c> and <c>bias_hh_l0 [3·width]</c>, the rows in the order r, z, n; with <c>l1</c> for the second layer and <c>_reverse</c> behind the
/// names of the backward pass. All start uniform in ±1/√width unless <see cref="Init"/> says otherwise for the weights.
/// </remarks>
/// <param name="width">The size of the state, and for one direction of the output's last axis.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class GruAttribute(int width) : LayerAttribute
{
    /// <summary>Gets the size of the state.</summary>
    public int Width { get; } = width;

    /// <summary>Gets or sets the number of layers: each goes over what the one before gave.</summary>
    public int Layers { get; set; } = 1;

    /// <summary>Gets or sets a value indicating whether a second pass goes backwards: its states follow those of the first along the last axis.</summary>
    public bool Bidirectional { get; set; }

    /// <summary>Gets or sets the distribution of the weights' first values.</summary>
    public Init Init { get; set; }

    /// <summary>Gets or sets the factor on the weights' first values.</summary>
    public double InitScale { get; set; } = 1;
}
