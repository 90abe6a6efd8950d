using System;
using System.Linq;

namespace ModelGen.Reference;

/// <summary>The sizes of the parts that <c>Split</c> cuts an axis into</summary>
internal static class Split
{
    public static int[] Sizes(int size, int axis, ReadOnlySpan<int> shape)
    {
        int length = shape[Shapes.Axis(nameof(Split), axis, shape)];
        if (size < 1) throw Shapes.Outside(nameof(size), size, $"Split: there are no parts of {size} elements; give at least 1.");

        int count = Math.Max((length + size - 1) / size, 1);
        return [.. Enumerable.Range(0, count).Select(part => Math.Min(size, length - (part * size)))];
    }

    public static void Check(int[] sizes, int axis, ReadOnlySpan<int> shape)
    {
        int length = shape[Shapes.Axis(nameof(Split), axis, shape)];
        if (sizes.Any(size => size < 0) || sizes.Sum() != length)
            throw new ArgumentException($"Split: the sizes {Shapes.Text(sizes)} must be 0 or more and add up to the {length} elements of axis {axis} of {Shapes.Text(shape)}.", nameof(sizes));
    }
}
