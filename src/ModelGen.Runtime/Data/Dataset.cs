using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Examples for a loss: a column per input of the loss, each with the same number of examples.</summary>
/// <remarks>The columns are the caller's memory. Parts of a dataset share it.</remarks>
public sealed class Dataset
{
    private readonly DataLayout layout;
    private readonly DataColumn[] columns;
    private readonly ExampleRange examples;

    /// <summary>Initializes a new instance of the <see cref="Dataset"/> class.</summary>
    /// <param name="entry">The loss. The first dimension of all its inputs is the same open dimension, the batch.</param>
    /// <param name="otherDimensions">The sizes of its other open dimensions, in their order.</param>
    /// <param name="columns">A column for each of its inputs, in their order.</param>
    /// <exception cref="ArgumentException">The columns do not fit the loss's inputs, or differ in their numbers of examples.</exception>
    public Dataset(LossEntry entry, ReadOnlySpan<int> otherDimensions, params DataColumn[] columns)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(columns);
        layout = new DataLayout(entry, otherDimensions);
        this.columns = columns;
        examples = ExampleRange.All(layout.CountExamples(columns));
    }

    private Dataset(Dataset whole, ExampleRange part) => (layout, columns, examples) = (whole.layout, whole.columns, part);

    /// <summary>Gets the loss that the examples are for.</summary>
    public LossEntry Entry => layout.Entry;

    /// <summary>Gets the number of examples.</summary>
    public int Count => examples.Count;

    /// <summary>The first examples.</summary>
    /// <param name="count">Their number; all where it exceeds <see cref="Count"/>.</param>
    /// <returns>A part of this dataset.</returns>
    public Dataset Take(int count) => new(this, examples.Slice(0, Math.Clamp(count, 0, Count)));

    /// <summary>All examples but the first.</summary>
    /// <param name="count">The number of examples to leave out.</param>
    /// <returns>A part of this dataset.</returns>
    public Dataset Skip(int count)
    {
        int skipped = Math.Clamp(count, 0, Count);
        return new Dataset(this, examples.Slice(skipped, Count - skipped));
    }

    /// <summary>Divides the examples at random.</summary>
    /// <param name="fraction">How much of them the first part gets, from 0 to 1.</param>
    /// <param name="seed">The key of the random choice.</param>
    /// <returns>Two parts that share no example and together are all of them.</returns>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fraction, 0.0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1.0);
        ExampleRange mixed = examples.Shuffled(seed);
        int first = (int)Math.Round(Count * fraction);
        return (new Dataset(this, mixed.Slice(0, first)), new Dataset(this, mixed.Slice(first, Count - first)));
    }

    /// <summary>A batch with room for a number of this dataset's examples.</summary>
    /// <param name="capacity">The largest number of examples.</param>
    /// <returns>An empty batch, to be filled by <see cref="Fill"/>.</returns>
    public Batch NewBatch(int capacity) => new(layout, capacity);

    /// <summary>Copies examples into a batch.</summary>
    /// <param name="batch">The batch, made by <see cref="NewBatch"/>.</param>
    /// <param name="indices">The examples' indices, from 0 to <see cref="Count"/> − 1.</param>
    public void Fill(Batch batch, ReadOnlySpan<int> indices)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Resize(layout, indices.Length);
        for (int input = 0; input < columns.Length; input++)
        {
            batch.Gather(input, columns[input], examples, indices);
        }
    }

    /// <summary>The examples in batches. All of them are the same <see cref="Batch"/>, filled anew each time.</summary>
    /// <param name="batchSize">The number of examples in each batch; the last one holds what is left.</param>
    /// <returns>The batches in the order of the examples.</returns>
    public IEnumerable<Batch> Batches(int batchSize) => Batches(batchSize, Enumerable.Range(0, Count).ToArray());

    /// <summary>The examples in batches, in a random order. All of them are the same <see cref="Batch"/>, filled anew each time.</summary>
    /// <param name="batchSize">The number of examples in each batch; the last one holds what is left.</param>
    /// <param name="seed">The key of the order.</param>
    /// <param name="epoch">A second key: each epoch has an order of its own.</param>
    /// <returns>The batches.</returns>
    public IEnumerable<Batch> Batches(int batchSize, ulong seed, int epoch)
    {
        int[] order = new int[Count];
        Shuffle.Fill(order, seed, (ulong)epoch);
        return Batches(batchSize, order);
    }

    /// <summary>Gets the number of values of one example, for each input.</summary>
    internal ImmutableArray<int> RowLengths => layout.RowLengths;

    /// <summary>The sizes of the loss's open dimensions for a number of examples.</summary>
    internal void CopySizes(int count, Span<int> destination) => layout.CopySizes(count, destination);

    private IEnumerable<Batch> Batches(int batchSize, int[] order)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        Batch batch = NewBatch(Math.Min(batchSize, Math.Max(Count, 1)));
        for (int start = 0; start < order.Length; start += batchSize)
        {
            Fill(batch, order.AsSpan(start, Math.Min(batchSize, order.Length - start)));
            yield return batch;
        }
    }
}
