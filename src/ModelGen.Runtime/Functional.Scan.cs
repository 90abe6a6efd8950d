using System;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>Recurrences: a step that is done once for every element of a sequence, or so many times.</summary>
public static partial class Functional
{
    /// <summary><c>sₜ = step(sₜ₋₁, xₜ)</c>: the states behind all steps.</summary>
    /// <param name="first">The state before the first step.</param>
    /// <param name="sequence">What the steps receive, an element along <paramref name="axis"/> each: <c>[batch, time, ..]</c> gives steps <c>[batch, ..]</c>.</param>
    /// <param name="step">The state after a step from the one before and the step's element; its shape is the same. In a model: a lambda, a local function, or a method with
    /// <see cref="RecurrentAttribute"/>.</param>
    /// <param name="axis">The axis of the steps, in the sequence and in the result; negative counts from the end.</param>
    /// <param name="reverse">Whether to go from the last element to the first. The result's order is the sequence's in either case.</param>
    /// <returns>The states, laid along <paramref name="axis"/>: <c>[batch, time, ..]</c> of states <c>[batch, ..]</c>.</returns>
    /// <exception cref="ArgumentException">There is no element, or a step changes the state's shape.</exception>
    public static Tensor Scan(Tensor first, Tensor sequence, Func<Tensor, Tensor, Tensor> step, int axis = 1, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Scan(first, sequence, Both, axis, reverse).Steps;

        (Tensor State, Tensor Output) Both(Tensor state, Tensor element)
        {
            Tensor after = step(state, element);
            return (after, after);
        }
    }

    /// <summary><c>sₜ, yₜ = step(sₜ₋₁, xₜ)</c>: the states behind the last step, and the outputs of all.</summary>
    /// <typeparam name="TState">A <see cref="Tensor"/>, or a tuple of them.</typeparam>
    /// <param name="first">The states before the first step.</param>
    /// <param name="sequence">What the steps receive, an element along <paramref name="axis"/> each.</param>
    /// <param name="step">The states after a step, whose shapes are those before it, and what the step gives besides.</param>
    /// <param name="axis">The axis of the steps, in the sequence and in the outputs; negative counts from the end.</param>
    /// <param name="reverse">Whether to go from the last element to the first; the last step is then that of the first element.</param>
    /// <returns>The states behind the last step, and the outputs, laid along <paramref name="axis"/>.</returns>
    /// <exception cref="ArgumentException">There is no element, a step changes a state's shape, or <typeparamref name="TState"/> is something else.</exception>
    public static (TState Last, Tensor Steps) Scan<TState>(
        TState first, Tensor sequence, Func<TState, Tensor, (TState State, Tensor Output)> step, int axis = 1, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        ArgumentNullException.ThrowIfNull(step);
        int along = Shapes.Axis(nameof(Scan), axis, [.. sequence.Shape]);
        return EagerScan.Run(first, sequence.Shape[along], (state, index) => step(state, Squeeze(Slice(sequence, along, index, 1), along)), axis, reverse);
    }

    /// <summary><c>sₜ = step(sₜ₋₁)</c>: the states behind <paramref name="count"/> steps.</summary>
    /// <param name="first">The state before the first step.</param>
    /// <param name="count">The number of steps, at least 1; in a model a constant.</param>
    /// <param name="step">The state after a step from the one before; its shape is the same.</param>
    /// <param name="axis">The axis of the steps in the result; negative counts from the end.</param>
    /// <param name="reverse">Whether the first step's state lies last.</param>
    /// <returns>The states, laid along <paramref name="axis"/>.</returns>
    /// <exception cref="ArgumentException">There is no step, or a step changes the state's shape.</exception>
    public static Tensor Scan(Tensor first, int count, Func<Tensor, Tensor> step, int axis = 1, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return Scan(first, count, Both, axis, reverse).Steps;

        (Tensor State, Tensor Output) Both(Tensor state)
        {
            Tensor after = step(state);
            return (after, after);
        }
    }

    /// <summary><c>sₜ, yₜ = step(sₜ₋₁)</c>: the states behind <paramref name="count"/> steps, and the outputs of all.</summary>
    /// <typeparam name="TState">A <see cref="Tensor"/>, or a tuple of them.</typeparam>
    /// <param name="first">The states before the first step.</param>
    /// <param name="count">The number of steps, at least 1; in a model a constant.</param>
    /// <param name="step">The states after a step, whose shapes are those before it, and what the step gives besides.</param>
    /// <param name="axis">The axis of the steps in the outputs; negative counts from the end.</param>
    /// <param name="reverse">Whether the first step's output lies last.</param>
    /// <returns>The states behind the last step, and the outputs, laid along <paramref name="axis"/>.</returns>
    /// <exception cref="ArgumentException">There is no step, a step changes a state's shape, or <typeparamref name="TState"/> is something else.</exception>
    public static (TState Last, Tensor Steps) Scan<TState>(TState first, int count, Func<TState, (TState State, Tensor Output)> step, int axis = 1, bool reverse = false)
    {
        ArgumentNullException.ThrowIfNull(step);
        return EagerScan.Run(first, count, (state, _) => step(state), axis, reverse);
    }
}
