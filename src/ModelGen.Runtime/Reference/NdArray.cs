using System;

namespace ModelGen.Reference;

/// <summary>Elements in row-major order with a shape: what the reference loops work on.</summary>
internal sealed class NdArray<T>(T[] values, int[] shape)
{
    public NdArray(int[] shape)
        : this(new T[Shapes.Count(shape)], shape)
    {
    }

    public T[] Values { get; } = values;

    public int[] Shape { get; } = shape;

    public int Rank => Shape.Length;

    /// <summary>
    /// Gets the element that a position of a broadcast shape reads: an axis of size 1 has the same element everywhere, and leading axes
    /// that this array lacks do not matter. That is all there is to broadcasting.
    /// </summary>
    public ref T this[params ReadOnlySpan<int> position] => ref Values[Offset(position)];

    public int Offset(params ReadOnlySpan<int> position)
    {
        int missing = position.Length - Rank;
        int offset = 0;
        for (int axis = 0; axis < Rank; axis++)
        {
            int size = Shape[axis];
            offset = (offset * size) + (size == 1 ? 0 : position[missing + axis]);
        }

        return offset;
    }

    /// <summary>The elements from a position on.</summary>
    public Span<T> From(ReadOnlySpan<int> position) => Values.AsSpan(Offset(position));

    /// <summary>The same elements under another shape of the same size.</summary>
    public NdArray<T> As(int[] shape) => new(Values, shape);

    /// <summary>The same shape with every element converted.</summary>
    public NdArray<TResult> Select<TResult>(Func<T, TResult> convert) => new(Array.ConvertAll(Values, x => convert(x)), Shape);

    /// <summary>The shape, as error messages show it.</summary>
    public override string ToString() => Shapes.Text(Shape);
}
