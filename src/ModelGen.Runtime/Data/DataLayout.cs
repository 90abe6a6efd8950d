using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>How an example of a loss lies in memory: the length of its row in every column.</summary>
internal sealed class DataLayout
{
    private readonly int[] sizes;
    private readonly int batchIndex;

    public DataLayout(LossEntry entry, ReadOnlySpan<int> otherDimensions)
    {
        Entry = entry;
        batchIndex = BatchDimension(entry);
        sizes = WithBatch(entry, otherDimensions, batchIndex);
        RowLengths = [.. entry.Inputs.Select(RowLength)];
    }

    public LossEntry Entry { get; }

    /// <summary>Gets the number of values of one example, for each input.</summary>
    public ImmutableArray<int> RowLengths { get; }

    /// <summary>The sizes of the entry's open dimensions for a batch of a number of examples.</summary>
    public void CopySizes(int batch, Span<int> destination)
    {
        sizes.CopyTo(destination);
        destination[batchIndex] = batch;
    }

    public int CountExamples(DataColumn[] columns)
    {
        if (columns.Length != Entry.Inputs.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"{Entry.Name} has {Entry.Inputs.Length} inputs, but {columns.Length} columns were given."));
        }

        int count = CountExamples(columns[0], 0);
        for (int input = 1; input < columns.Length; input++)
        {
            if (CountExamples(columns[input], input) != count)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{Entry.Inputs[0].Name}' has {count} examples, '{Entry.Inputs[input].Name}' has {CountExamples(columns[input], input)}."));
            }
        }

        return count;
    }

    private int CountExamples(DataColumn column, int input)
    {
        TensorDescription tensor = Entry.Inputs[input];
        if (column.Type != tensor.Type)
        {
            throw new ArgumentException($"'{tensor.Name}' expects a column of {tensor.Type}, but {column.Type} was given.");
        }

        int row = RowLengths[input];
        if (column.Length % row != 0)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture, $"'{tensor.Name}' has {row} values per example, but {column.Length} values are not a multiple of it."));
        }

        return column.Length / row;
    }

    private int RowLength(TensorDescription input)
    {
        CopySizes(1, sizes);
        int row = checked((int)input.Count(Entry.Dimensions, sizes));
        return row > 0 ? row : throw new ArgumentException($"'{input.Name}' would have no values: {input.ShapeText(Entry.Dimensions, sizes)}.");
    }

    private static int BatchDimension(LossEntry entry)
    {
        string? batch = entry.Inputs[0].Dimensions is [Dimension first, ..] ? first.Name : null;
        foreach (TensorDescription input in entry.Inputs)
        {
            if (batch is null || input.Dimensions.IsEmpty || input.Dimensions[0].Name != batch)
            {
                throw new ArgumentException(
                    $"{entry.Name}: the first dimension of every input must be the same open dimension, the batch; that of '{input.Name}' is not.");
            }
        }

        return entry.Dimensions.IndexOf(batch!);
    }

    private static int[] WithBatch(LossEntry entry, ReadOnlySpan<int> otherDimensions, int batchIndex)
    {
        if (otherDimensions.Length != entry.Dimensions.Length - 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Name} has {entry.Dimensions.Length - 1} open dimensions besides '{entry.Dimensions[batchIndex]}', "
                + $"but {otherDimensions.Length} sizes were given."));
        }

        return [.. otherDimensions[..batchIndex], 1, .. otherDimensions[batchIndex..]];
    }
}
