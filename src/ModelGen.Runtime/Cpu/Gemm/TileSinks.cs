using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Where the registers of a tile go: a row at a time.</summary>
internal interface ITileSink
{
    /// <summary>Takes a row of a tile one vector wide.</summary>
    void Row<V>(int row, V v0)
        where V : struct, ISimd<V>;

    /// <summary>Takes a row of a tile two vectors wide.</summary>
    void Row<V>(int row, V v0, V v1)
        where V : struct, ISimd<V>;

    /// <summary>Takes a row of a tile three vectors wide.</summary>
    void Row<V>(int row, V v0, V v1, V v2)
        where V : struct, ISimd<V>;
}

/// <summary>A tile goes to memory, [Rows, vectors · V.Count].</summary>
/// <param name="tile">The memory.</param>
/// <param name="add">Whether to add to what it holds.</param>
internal readonly unsafe struct SumsSink(float* tile, bool add) : ITileSink
{
    private readonly float* tile = tile;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0)
        where V : struct, ISimd<V> => Put(tile + (row * V.Count), v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0, V v1)
        where V : struct, ISimd<V>
    {
        float* start = tile + (row * 2 * V.Count);
        Put(start, v0);
        Put(start + V.Count, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0, V v1, V v2)
        where V : struct, ISimd<V>
    {
        float* start = tile + (row * 3 * V.Count);
        Put(start, v0);
        Put(start + V.Count, v1);
        Put(start + (2 * V.Count), v2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<V>(float* place, V value)
        where V : struct, ISimd<V> => V.Store(new(place), 0, add ? value + V.Load(new(place), 0) : value);
}

/// <summary>A finished tile goes to the epilogue without a way through memory.</summary>
/// <param name="epilogue">What receives the product.</param>
/// <param name="block">The block of rows.</param>
/// <param name="firstRow">The tile's first row.</param>
/// <param name="column">The tile's first column.</param>
/// <param name="sums">The sums of the depths before, [Rows, vectors · V.Count], or null.</param>
internal readonly unsafe struct EpilogueSink<TEpilogue>(TEpilogue epilogue, int block, int firstRow, int column, float* sums) : ITileSink
    where TEpilogue : struct, IGemmEpilogue
{
    private readonly TEpilogue epilogue = epilogue;
    private readonly float* sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0)
        where V : struct, ISimd<V> => Put(row, 0, 1, v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0, V v1)
        where V : struct, ISimd<V>
    {
        Put(row, 0, 2, v0);
        Put(row, 1, 2, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Row<V>(int row, V v0, V v1, V v2)
        where V : struct, ISimd<V>
    {
        Put(row, 0, 3, v0);
        Put(row, 1, 3, v1);
        Put(row, 2, 3, v2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<V>(int row, int vector, int vectors, V value)
        where V : struct, ISimd<V>
    {
        V product = sums is null ? value : value + V.Load(new(sums), ((row * vectors) + vector) * V.Count);
        epilogue.Apply<V, AllLanes>(block, firstRow + row, column + (vector * V.Count), product, default);
    }
}
