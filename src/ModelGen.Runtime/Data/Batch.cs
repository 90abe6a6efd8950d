using System;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A few examples of a dataset, copied together: what one training step works on. It is made once and filled many times.</summary>
public sealed class Batch
{
    private readonly DataLayout layout;
    private readonly AlignedBuffer[] inputs;
    private readonly int[] sizes;

    internal Batch(DataLayout layout, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.layout = layout;
        Capacity = capacity;
        inputs = new AlignedBuffer[layout.RowLengths.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new AlignedBuffer((long)capacity * layout.RowLengths[i]);
        }

        sizes = new int[layout.Entry.Dimensions.Length];
        Resize(layout, 0);
    }

    /// <summary>Gets the loss that the examples are for.</summary>
    public LossEntry Entry => layout.Entry;

    /// <summary>Gets the number of examples.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the largest number of examples.</summary>
    public int Capacity { get; }

    /// <summary>Gets the number of values that there is room for, those of all inputs together.</summary>
    internal long Room => inputs.Sum(input => input.Length);

    internal ReadOnlySpan<int> Sizes => sizes;

    /// <summary>An input's values.</summary>
    /// <param name="input">The input's index.</param>
    /// <returns>The values of all examples; for integers see <see cref="Ints"/>.</returns>
    public Span<float> Floats(int input) => inputs[input].Span(0, Length(input));

    /// <summary>An input's values, where it is one of integers.</summary>
    /// <param name="input">The input's index.</param>
    /// <returns>The values of all examples.</returns>
    public Span<int> Ints(int input) => System.Runtime.InteropServices.MemoryMarshal.Cast<float, int>(Floats(input));

    internal void Resize(DataLayout fillingLayout, int count)
    {
        if (fillingLayout != layout)
        {
            throw new ArgumentException("The batch was made by another dataset.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        Count = count;
        layout.CopySizes(count, sizes);
    }

    internal void Gather(int input, DataColumn column, ExampleRange examples, ReadOnlySpan<int> indices)
    {
        if (column.Type == ElementType.Int)
        {
            Gather(column.Ints.Span, Ints(input), layout.RowLengths[input], examples, indices);
        }
        else
        {
            Gather(column.Floats.Span, Floats(input), layout.RowLengths[input], examples, indices);
        }
    }

    /// <summary>Gives the inputs to a call of the loss.</summary>
    internal unsafe void Place<TCall>(in TCall call)
        where TCall : struct, IEntryCall
    {
        for (int i = 0; i < inputs.Length; i++)
        {
            call.SetInput(i, inputs[i].Floats.Start);
        }
    }

    /// <summary>Gives some of the inputs to a call of an entry that takes them in another order.</summary>
    internal unsafe void Place<TCall>(in TCall call, ReadOnlySpan<int> order)
        where TCall : struct, IEntryCall
    {
        for (int i = 0; i < order.Length; i++)
        {
            call.SetInput(i, inputs[order[i]].Floats.Start);
        }
    }

    private static void Gather<T>(ReadOnlySpan<T> source, Span<T> destination, int row, ExampleRange examples, ReadOnlySpan<int> indices)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)indices[i], (uint)examples.Count);
            source.Slice(examples[indices[i]] * row, row).CopyTo(destination.Slice(i * row, row));
        }
    }

    private int Length(int input) => checked(Count * layout.RowLengths[input]);
}
