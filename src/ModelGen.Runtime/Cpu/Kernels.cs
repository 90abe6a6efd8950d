namespace ModelGen.Cpu;

/// <summary>A kernel over the rows of an iteration space: every row is worked on alone, so rows may be split among threads.</summary>
public interface IRowKernel
{
    /// <summary>Works on the rows from <paramref name="first"/> up to but not including <paramref name="end"/>.</summary>
    /// <param name="block">The index of this block of rows: where sums over rows leave their partial result.</param>
    /// <param name="first">The first row.</param>
    /// <param name="end">The row behind the last.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    void Run<V>(int block, int first, int end)
        where V : struct, ISimd<V>;
}

/// <summary>A kernel over single elements: any range of them may be worked on alone.</summary>
public interface IElementKernel
{
    /// <summary>Works on the elements of the lanes in use from <paramref name="index"/> on.</summary>
    /// <param name="index">The element of the first lane.</param>
    /// <param name="lanes">The lanes in use.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    /// <typeparam name="L">The lanes in use.</typeparam>
    void Run<V, L>(nint index, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes;
}

/// <summary>What is fused behind a matrix product: it receives finished elements of the product, a vector along a row at a time.</summary>
public interface IGemmEpilogue
{
    /// <summary>
    /// Gets a value indicating whether <see cref="Apply"/> does nothing but load and store by its vector. Then it may also be called ahead of time, with a
    /// vector that has no values and whose loads and stores only ask the caches, whole vectors at the end of a row included.
    /// </summary>
    static virtual bool MayBeForeseen => false;

    /// <summary>
    /// Gets a value indicating whether <see cref="Apply"/> does nothing but store the product. Then finished elements come to it in registers: its text
    /// stands behind every vector of a tile. A longer one would be more than the JIT inlines into one method, and many times slower.
    /// </summary>
    static virtual bool OnlyStores => false;

    /// <summary>
    /// Gets a value indicating whether <see cref="Apply"/> does nothing but store the sum of the product and one vector that it loads. Then finished elements
    /// come to it in registers where their sums have all terms at once; with a second addition there, it would be too long.
    /// </summary>
    static virtual bool OnlyAdds => false;

    /// <summary>Receives finished elements. Within a block and column, calls come in ascending order of rows, from one thread at a time.</summary>
    /// <param name="block">The index of the block of rows: where sums over rows leave their partial result.</param>
    /// <param name="row">The row in the product.</param>
    /// <param name="column">The column of the first lane.</param>
    /// <param name="product">The finished elements.</param>
    /// <param name="lanes">The lanes in use.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    /// <typeparam name="L">The lanes in use.</typeparam>
    void Apply<V, L>(int block, int row, int column, V product, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes;
}

/// <summary>What is fused before a matrix product: how elements of its left factor come from those in memory.</summary>
public interface IGemmPrologue
{
    /// <summary>Elements of the factor. It is called for each any number of times, on any thread.</summary>
    /// <param name="row">The row of the factor as it lies in memory.</param>
    /// <param name="column">The column of the first lane there.</param>
    /// <param name="factor">What lies in memory.</param>
    /// <param name="lanes">The lanes in use.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    /// <typeparam name="L">The lanes in use.</typeparam>
    /// <returns>What is multiplied.</returns>
    V Read<V, L>(int row, int column, V factor, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes;
}
