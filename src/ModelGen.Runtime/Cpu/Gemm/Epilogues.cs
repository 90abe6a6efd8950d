using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Stores the product and does nothing else.</summary>
/// <param name="destination">Receives the product.</param>
/// <param name="rowStride">The distance between its rows.</param>
public readonly struct StoreEpilogue(Buffer<float> destination, nint rowStride) : IGemmEpilogue
{
    /// <inheritdoc/>
    public static bool MayBeForeseen => true;

    /// <inheritdoc/>
    public static bool OnlyStores => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V, L>(int block, int row, int column, V product, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes => V.Write(destination, (row * rowStride) + column, product, lanes);
}

/// <summary>Adds the product to what the destination holds.</summary>
/// <param name="destination">The sum.</param>
/// <param name="rowStride">The distance between its rows.</param>
public readonly struct AddEpilogue(Buffer<float> destination, nint rowStride) : IGemmEpilogue
{
    /// <inheritdoc/>
    public static bool MayBeForeseen => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<V, L>(int block, int row, int column, V product, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes
    {
        nint index = (row * rowStride) + column;
        V.Store(destination, index, V.Load(destination, index, lanes) + product, lanes);
    }
}
