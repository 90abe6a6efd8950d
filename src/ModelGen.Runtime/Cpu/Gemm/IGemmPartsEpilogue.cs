using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>
/// What is fused behind a matrix product whose columns are a few equal parts, such as the gates of a recurrent cell: it receives finished elements of all parts, those of the same
/// row and the same column within the part, a vector of each at a time.
/// </summary>
public interface IGemmPartsEpilogue
{
    /// <summary>Gets the number of parts.</summary>
    static abstract int Parts { get; }

    /// <summary>Receives finished elements.</summary>
    /// <param name="row">The row in the product.</param>
    /// <param name="column">The column of the first lane within each part.</param>
    /// <param name="products">The finished elements.</param>
    /// <param name="lanes">The lanes in use.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    /// <typeparam name="L">The lanes in use.</typeparam>
    void Apply<V, L>(int row, int column, ProductParts products, L lanes)
        where V : struct, ISimd<V>
        where L : struct, ILanes;
}

/// <summary>Finished elements of all parts of a product: a vector of each.</summary>
public readonly unsafe struct ProductParts
{
    private readonly float* first;
    private readonly nint stride;

    /// <param name="first">The vector of the first part.</param>
    /// <param name="stride">The distance between parts.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ProductParts(float* first, nint stride)
    {
        this.first = first;
        this.stride = stride;
    }

    /// <summary>The elements of a part.</summary>
    /// <param name="part">The part, from 0.</param>
    /// <typeparam name="V">The vector to work with.</typeparam>
    /// <returns>A whole vector; what is in lanes that are not in use means nothing.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Part<V>(int part)
        where V : struct, ISimd<V> => V.Load(new(first), part * stride);
}
