using System;
using ModelGen.Reference;
using static ModelGen.Functional;

namespace ModelGen;

/// <content>The layers of sequences.</content>
public static partial class EagerLayers
{
    /// <summary>A row of a table for each index: <c>y[.., i] = weight[x[..], i]</c>.</summary>
    /// <param name="layer">Where <c>weight [count, width]</c> lies.</param>
    /// <param name="x">Indices from 0 to count − 1, of any shape.</param>
    /// <returns>A tensor <c>[.., width]</c>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index is none of these.</exception>
    public static Tensor Embedding(EagerScope layer, Tensor<int> x)
    {
        ArgumentNullException.ThrowIfNull(layer);
        ArgumentNullException.ThrowIfNull(x);
        Tensor weight = layer.Parameter("weight");
        return Reshape(IndexSelect(weight, 0, new Tensor<int>(x.Array.As([x.Count]))), [.. x.Shape, weight.Shape[1]]);
    }

    /// <summary>A learned row added for each position: <c>y[.., t, i] = x[.., t, i] + weight[t, i]</c>.</summary>
    /// <param name="layer">Where <c>weight [length, width]</c> lies.</param>
    /// <param name="x">A tensor <c>[.., time, width]</c> with a time of at most the length.</param>
    /// <returns>A tensor of the same shape.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another last axis, no axis of time, or a longer one.</exception>
    public static Tensor Position(EagerScope layer, Tensor x)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Tensor weight = layer.Parameter("weight");
        RequireLastAxis(layer, x, weight.Shape[1]);
        if (x.Rank < 2 || x.Shape[^2] > weight.Shape[0])
            throw new ArgumentException($"{layer} expects [.., time, {weight.Shape[1]}] with a time of at most {weight.Shape[0]} but was given {Shapes.Text(x.Shape.AsSpan())}.", nameof(x));

        return x + Slice(weight, 0, 0, x.Shape[^2]);
    }

    /// <summary><c>hₜ = activation(W_ih · xₜ + b_ih + W_hh · hₜ₋₁ + b_hh)</c> for every step of a sequence.</summary>
    /// <param name="layer">Where <c>weight_ih_l0</c> and the others lie; the names say how many layers and directions there are.</param>
    /// <param name="x">A tensor <c>[batch, time, in]</c> with at least one step.</param>
    /// <param name="hidden">The state to begin with, <c>[batch, width]</c>, or <c>[batch, layers · directions, width]</c> where there are several; zeros where it is missing.</param>
    /// <param name="mask">For each step, <c>[batch, time]</c>, whether it is there: 0 where not. Such a step gives zeros and leaves the state as it is.</param>
    /// <param name="activation">The function applied to the sum.</param>
    /// <returns>A tensor <c>[batch, time, width]</c>, or <c>2 · width</c> for two directions.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is no sequence, an empty one, or has another last axis; a state or the mask has another shape.</exception>
    public static Tensor Rnn(EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? mask = null, Activation activation = Activation.Tanh) =>
        RnnWithStates(layer, x, hidden, mask, activation).Output;

    /// <summary>The same as <see cref="Rnn"/>, and the state behind the last step.</summary>
    /// <inheritdoc cref="Rnn"/>
    /// <returns>What <see cref="Rnn"/> gives, and the state in the shape of <paramref name="hidden"/>.</returns>
    public static (Tensor Output, Tensor Hidden) RnnWithStates(
        EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? mask = null, Activation activation = Activation.Tanh)
    {
        Tensor[] results = EagerRecurrence.Run(layer, x, [hidden], mask, (inputs, ofHidden, before) => [Activate(inputs + ofHidden, activation)]);
        return (results[0], results[1]);
    }

    /// <summary><c>hₜ = (1 − z) · n + z · hₜ₋₁</c> for every step of a sequence.</summary>
    /// <inheritdoc cref="Rnn"/>
    public static Tensor Gru(EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? mask = null) => GruWithStates(layer, x, hidden, mask).Output;

    /// <summary>The same as <see cref="Gru"/>, and the state behind the last step.</summary>
    /// <inheritdoc cref="RnnWithStates"/>
    public static (Tensor Output, Tensor Hidden) GruWithStates(EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? mask = null)
    {
        Tensor[] results = EagerRecurrence.Run(layer, x, [hidden], mask, (inputs, ofHidden, before) =>
        {
            Tensor[] fromInput = EagerRecurrence.Gates(inputs, 3), fromHidden = EagerRecurrence.Gates(ofHidden, 3);
            Tensor r = Sigmoid(fromInput[0] + fromHidden[0]);
            Tensor z = Sigmoid(fromInput[1] + fromHidden[1]);
            Tensor n = Tanh(fromInput[2] + (r * fromHidden[2]));
            return [((1 - z) * n) + (z * before[0])];
        });
        return (results[0], results[1]);
    }

    /// <summary><c>cₜ = f · cₜ₋₁ + i · g</c> and <c>hₜ = o · tanh(cₜ)</c> for every step of a sequence.</summary>
    /// <param name="layer">Where <c>weight_ih_l0</c> and the others lie; the names say how many layers and directions there are.</param>
    /// <param name="x">A tensor <c>[batch, time, in]</c> with at least one step.</param>
    /// <param name="hidden">The state to begin with, <c>[batch, width]</c>, or <c>[batch, layers · directions, width]</c> where there are several; zeros where it is missing.</param>
    /// <param name="cell">The cell to begin with, of the same shape.</param>
    /// <param name="mask">For each step, <c>[batch, time]</c>, whether it is there: 0 where not. Such a step gives zeros and leaves the states as they are.</param>
    /// <returns>A tensor <c>[batch, time, width]</c>, or <c>2 · width</c> for two directions.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> is no sequence, an empty one, or has another last axis; a state or the mask has another shape.</exception>
    public static Tensor Lstm(EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? cell = null, Tensor? mask = null) =>
        LstmWithStates(layer, x, hidden, cell, mask).Output;

    /// <summary>The same as <see cref="Lstm"/>, and the states behind the last step.</summary>
    /// <inheritdoc cref="Lstm"/>
    /// <returns>What <see cref="Lstm"/> gives, and the states in the shapes of <paramref name="hidden"/> and <paramref name="cell"/>.</returns>
    public static (Tensor Output, Tensor Hidden, Tensor Cell) LstmWithStates(EagerScope layer, Tensor x, Tensor? hidden = null, Tensor? cell = null, Tensor? mask = null)
    {
        Tensor[] results = EagerRecurrence.Run(layer, x, [hidden, cell], mask, (inputs, ofHidden, before) =>
        {
            Tensor[] gates = EagerRecurrence.Gates(inputs + ofHidden, 4);
            Tensor c = (Sigmoid(gates[1]) * before[1]) + (Sigmoid(gates[0]) * Tanh(gates[2]));
            return [Sigmoid(gates[3]) * Tanh(c), c];
        });
        return (results[0], results[1], results[2]);
    }
}
