using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Where the registers of a tile go.</summary>
internal interface ITileSink
{
    /// <summary>Takes a vector of a tile.</summary>
    /// <param name="row">The row within the tile.</param>
    /// <param name="vector">The place within the row.</param>
    /// <param name="vectors">How many vectors a row has.</param>
    /// <param name="value">The vector.</param>
    void Put<V>(int row, int vector, int vectors, V value)
        where V : struct, ISimd<V>;
}

/// <summary>Rows of tiles one, two and three vectors wide.</summary>
internal static class TileRows
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<TSink, V>(this ref TSink sink, int row, V v0)
        where TSink : struct, ITileSink
        where V : struct, ISimd<V> => sink.Put(row, 0, 1, v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<TSink, V>(this ref TSink sink, int row, V v0, V v1)
        where TSink : struct, ITileSink
        where V : struct, ISimd<V>
    {
        sink.Put(row, 0, 2, v0);
        sink.Put(row, 1, 2, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<TSink, V>(this ref TSink sink, int row, V v0, V v1, V v2)
        where TSink : struct, ITileSink
        where V : struct, ISimd<V>
    {
        sink.Put(row, 0, 3, v0);
        sink.Put(row, 1, 3, v1);
        sink.Put(row, 2, 3, v2);
    }
}

/// <summary>A tile goes to memory, [Rows, vectors · V.Count].</summary>
/// <param name="tile">The memory.</param>
/// <param name="add">Whether to add to what it holds.</param>
internal readonly unsafe struct SumsSink(float* tile, bool add) : ITileSink
{
    private readonly float* tile = tile;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<V>(int row, int vector, int vectors, V value)
        where V : struct, ISimd<V>
    {
        nint place = ((row * vectors) + vector) * V.Count;
        V.Store(new(tile), place, add ? value + V.Load(new(tile), place) : value);
    }
}

/// <summary>A finished tile goes to the epilogue without a way through memory.</summary>
/// <param name="epilogue">What receives the product.</param>
/// <param name="block">The block of rows.</param>
/// <param name="firstRow">The tile's first row.</param>
/// <param name="column">The tile's first column.</param>
internal readonly struct EpilogueSink<TEpilogue>(TEpilogue epilogue, int block, int firstRow, int column) : ITileSink
    where TEpilogue : struct, IGemmEpilogue
{
    private readonly TEpilogue epilogue = epilogue;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<V>(int row, int vector, int vectors, V value)
        where V : struct, ISimd<V> => epilogue.Apply<V, AllLanes>(block, firstRow + row, column + (vector * V.Count), value, default);
}

/// <summary>A tile of the last depth is added to the sums of the depths before and goes to the epilogue.</summary>
/// <param name="sums">The sums of the depths before, [Rows, vectors · V.Count].</param>
/// <param name="next">What receives the tile.</param>
internal readonly unsafe struct LastDepthSink<TEpilogue>(float* sums, EpilogueSink<TEpilogue> next) : ITileSink
    where TEpilogue : struct, IGemmEpilogue
{
    private readonly float* sums = sums;
    private readonly EpilogueSink<TEpilogue> next = next;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put<V>(int row, int vector, int vectors, V value)
        where V : struct, ISimd<V> => next.Put(row, vector, vectors, value + V.Load(new(sums), ((row * vectors) + vector) * V.Count));
}
