using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>Steps one after another, as <see cref="Functional.Scan(Tensor, Tensor, Func{Tensor, Tensor, Tensor}, int, bool)"/> says.</summary>
internal static class EagerScan
{
    /// <summary>Goes from state to state, where <paramref name="step"/> is told the place of its element, and lays the outputs in the order of the elements.</summary>
    public static (TState Last, Tensor Steps) Run<TState>(TState first, int count, Func<TState, int, (TState State, Tensor Output)> step, int axis, bool reverse)
    {
        if (count < 1) throw new ArgumentException("Scan needs at least one step.", nameof(count));

        Tensor[] before = [.. Tensors(first)];
        var outputs = new Tensor[count];
        TState state = first;
        for (int done = 0; done < count; done++)
        {
            int index = reverse ? count - 1 - done : done;
            (state, outputs[index]) = step(state, index);
            Check(before, [.. Tensors(state)]);
        }

        return (state, Functional.Stack(axis, outputs));
    }

    private static IEnumerable<Tensor> Tensors<TState>(TState state) => state switch
    {
        Tensor tensor => [tensor],
        ITuple tuple when Enumerable.Range(0, tuple.Length).All(index => tuple[index] is Tensor) => Enumerable.Range(0, tuple.Length).Select(index => (Tensor)tuple[index]!),
        _ => throw new ArgumentException($"Scan hands on a Tensor or a tuple of Tensors but was given {typeof(TState)}.", nameof(state)),
    };

    private static void Check(Tensor[] before, Tensor[] after)
    {
        foreach ((Tensor then, Tensor now) in before.Zip(after))
        {
            if (!then.Shape.AsSpan().SequenceEqual(now.Shape.AsSpan()))
                throw new ArgumentException($"A step of Scan changes the shape of a state from {Shapes.Text(then.Shape.AsSpan())} to {Shapes.Text(now.Shape.AsSpan())}.");
        }
    }
}
