using System;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>An immutable array of integers with a shape, in row-major order: class indices, words. <see cref="Tensor"/> makes it.</summary>
/// <typeparam name="T">The element type: <see langword="int"/>.</typeparam>
[DebuggerDisplay("{DebuggerText,nq}")]
public sealed class Tensor<T>
    where T : unmanaged, IBinaryInteger<T>
{
    internal Tensor(NdArray<T> array)
    {
        Array = array;
        Shape = ImmutableCollectionsMarshal.AsImmutableArray(array.Shape);
    }

    /// <summary>Gets the size of every axis.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Gets the number of axes.</summary>
    public int Rank => Shape.Length;

    /// <summary>Gets the number of elements.</summary>
    public int Count => Array.Values.Length;

    internal NdArray<T> Array { get; }

    private string DebuggerText => ToString().Replace('\n', ' ');

    /// <summary>Gets the part at a position or range of each axis; axes that are not named are taken whole.</summary>
    /// <param name="indices">For each axis an index, which drops it, or a range, which keeps it.</param>
    /// <returns>A tensor with the axes of the ranges and those that are not named.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index or range lies outside its axis, or there are more of them than axes.</exception>
    [IndexerName("Part")]
    public Tensor<T> this[params TensorIndex[] indices] => new(Part.Of(Array, indices));

    /// <summary>The only element.</summary>
    /// <returns>Its value.</returns>
    /// <exception cref="InvalidOperationException">There are none or several elements.</exception>
    public T Item() => TensorText.Only(Array);

    /// <summary>Copies the elements in row-major order.</summary>
    /// <returns>A new array.</returns>
    public T[] ToArray() => [.. Array.Values];

    /// <summary>The shape, and the elements as nested lists; long axes are shortened in the middle.</summary>
    /// <returns>Text of several lines.</returns>
    public override string ToString() => TensorText.Of("int", Array);
}
