using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>A part of the product that is accumulated in registers: rows by vectors.</summary>
internal unsafe interface ITile
{
    /// <summary>Gets the number of rows.</summary>
    static abstract int Rows { get; }

    /// <summary>Gets the number of vectors in a row.</summary>
    static abstract int Vectors { get; }

    /// <summary>Multiplies: <c>tile[r, c] = Σ_p left[r, p] · b[p, c]</c>, added to what the tile held if wanted.</summary>
    /// <param name="vectors">How many vectors wide the panel of <paramref name="b"/> and the tile are; at most <see cref="Vectors"/>.</param>
    /// <param name="depth">The number of terms.</param>
    /// <param name="left">As many lines as there are rows.</param>
    /// <param name="b">[depth, vectors · V.Count].</param>
    /// <param name="stride">The distance between the steps of <paramref name="b"/>.</param>
    /// <param name="tile">[Rows, vectors · V.Count].</param>
    /// <param name="add">Whether to add to the tile.</param>
    static abstract void Multiply<V>(int vectors, int depth, in LeftLines left, float* b, nint stride, float* tile, bool add)
        where V : struct, ISimd<V>;
}

/// <summary>How finished registers reach a tile in memory.</summary>
internal static unsafe class Tile
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<V>(float* tile, int row, bool add, V v0)
        where V : struct, ISimd<V> => Put(tile + (row * V.Count), add, v0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<V>(float* tile, int row, bool add, V v0, V v1)
        where V : struct, ISimd<V>
    {
        float* start = tile + (row * 2 * V.Count);
        Put(start, add, v0);
        Put(start + V.Count, add, v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Row<V>(float* tile, int row, bool add, V v0, V v1, V v2)
        where V : struct, ISimd<V>
    {
        float* start = tile + (row * 3 * V.Count);
        Put(start, add, v0);
        Put(start + V.Count, add, v1);
        Put(start + (2 * V.Count), add, v2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V>(float* place, bool add, V value)
        where V : struct, ISimd<V> => V.Store(new(place), 0, add ? value + V.Load(new(place), 0) : value);
}
