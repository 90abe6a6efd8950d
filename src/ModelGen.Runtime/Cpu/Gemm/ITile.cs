namespace ModelGen.Cpu;

/// <summary>A part of the product that is accumulated in registers: rows by vectors.</summary>
internal unsafe interface ITile
{
    /// <summary>Gets the number of rows.</summary>
    static abstract int Rows { get; }

    /// <summary>Gets the number of vectors in a row.</summary>
    static abstract int Vectors { get; }

    /// <summary>Multiplies: <c>tile[r, c] = Σ_p left[r, p] · right[p, c]</c>.</summary>
    /// <param name="rows">How many of its rows are wanted: where half of them or fewer are, only half are multiplied.</param>
    /// <param name="vectors">How many vectors wide the panel of <paramref name="right"/> and the tile are; at most <see cref="Vectors"/>.</param>
    /// <param name="depth">The number of terms.</param>
    /// <param name="left">As many lines as are multiplied.</param>
    /// <param name="right">[depth, vectors · V.Count].</param>
    /// <param name="sink">Receives the rows that are multiplied.</param>
    static abstract void Multiply<V, TSink>(int rows, int vectors, int depth, in LeftLines left, in RightLines right, in TSink sink)
        where V : struct, ISimd<V>
        where TSink : struct, ITileSink;
}
