using System;
using System.Collections.Generic;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>The states of a call in the eager reading: what they hold at the moment.</summary>
/// <param name="kept">The caller's state, claimed for the call; null where the call begins with zeros.</param>
/// <param name="isDouble">Whether the call computes in double.</param>
internal sealed class EagerStates(ModelState? kept, bool isDouble)
{
    private readonly Dictionary<string, Tensor> values = [];
    private readonly ModelState.Use? use = kept?.Begin();

    public void Begin(string name, ReadOnlySpan<int> shape)
    {
        if (kept is not null && !kept.ShapeOf(name).AsSpan().SequenceEqual(shape))
            throw new ArgumentException($"The state '{name}' was made as {Shapes.Text(kept.ShapeOf(name))}, but this call needs {Shapes.Text(shape)}; make a state for that with NewState.");

        Tensor value = Tensor.From(kept is null ? new float[Shapes.Count(shape)] : kept.SpanOf(name), shape);
        values[name] = isDouble ? value.ToDouble() : value;
    }

    public Tensor Read(string name) => values.TryGetValue(name, out Tensor? value) ? value : throw NoCall(name);

    public void Assign(string name, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value, name);
        Tensor before = Read(name);
        if (!value.Shape.AsSpan().SequenceEqual(before.Shape.AsSpan()))
            throw new ArgumentException($"The state '{name}' is {Shapes.Text(before.Shape.AsSpan())}, but was assigned {Shapes.Text(value.Shape.AsSpan())}.", name);

        values[name] = value;
    }

    public void Keep()
    {
        foreach ((string name, Tensor value) in values)
        {
            value.ToArray().CopyTo(kept!.SpanOf(name));
        }
    }

    public void End() => use?.Dispose();

    public static InvalidOperationException NoCall(string name) =>
        new($"The state '{name}' holds something only while a method of the model runs step by step, which is called through model.Eager.");
}
