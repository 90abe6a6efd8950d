using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ModelGen;

/// <summary>An immutable array of integers with a shape, in row-major order: class indices, words. Made by <see cref="Tensor"/>'s <c>From</c>.</summary>
/// <typeparam name="T">The element type: <see langword="int"/>.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Tensor<T>
    where T : unmanaged, IBinaryInteger<T>
{
    private readonly T[] values;

    internal Tensor(T[] values, int[] shape)
    {
        this.values = values;
        Shape = ImmutableArray.Create(shape);
    }

    /// <summary>Gets the size of every axis.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets the number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>Gets the number of elements.</summary>
    public int Count => values.Length;

    /// <summary>Gets the elements in row-major order.</summary>
    public ReadOnlySpan<T> Values => values;

    /// <summary>Gets the part at a position or range of each axis; axes that are not named are taken whole.</summary>
    /// <param name="indices">For each axis an index, which drops it, or a range, which keeps it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index or range lies outside its axis, or there are more of them than axes.</exception>
    [IndexerName("Part")]
    public Tensor<T> this[params TensorIndex[] indices] => throw new NotImplementedException();

    /// <summary>The only element.</summary>
    /// <returns>Its value.</returns>
    /// <exception cref="InvalidOperationException">There are none or several elements.</exception>
    public T Item() => throw new NotImplementedException();

    /// <summary>Copies the elements, in row-major order.</summary>
    /// <returns>A new array.</returns>
    public T[] ToArray() => [.. values];
}
