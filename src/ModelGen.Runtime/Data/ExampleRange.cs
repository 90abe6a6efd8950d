namespace ModelGen;

/// <summary>Which rows of the columns a dataset consists of: a range of all rows, or of a list of rows.</summary>
/// <param name="rows">The list, or null for all rows in their order.</param>
/// <param name="start">Where the range begins.</param>
/// <param name="count">The number of rows in the range.</param>
internal readonly struct ExampleRange(int[]? rows, int start, int count)
{
    public int Count => count;

    /// <summary>The row in the columns of the example with this index.</summary>
    public int this[int index] => rows is null ? start + index : rows[start + index];

    public static ExampleRange All(int count) => new(null, 0, count);

    public ExampleRange Slice(int first, int length) => new(rows, start + first, length);

    public ExampleRange Shuffled(ulong seed)
    {
        int[] order = new int[count];
        Shuffle.Fill(order, seed, 0);
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = this[order[i]];
        }

        return new ExampleRange(order, 0, count);
    }
}
