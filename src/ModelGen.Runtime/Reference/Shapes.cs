using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Reference;

/// <summary>Arithmetic on shapes, and the order in which loops visit them.</summary>
internal static class Shapes
{
    public static string Text(ReadOnlySpan<int> shape) => "[" + string.Join(", ", shape.ToArray()) + "]";

    public static int Count(ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            if (size < 0) throw new ArgumentException($"The shape {Text(shape)} has a negative size.", nameof(shape));
            count = checked(count * size);
        }

        return count;
    }

    /// <summary>All positions of a shape in row-major order. It is the same array each time, with new contents.</summary>
    public static IEnumerable<int[]> Positions(int[] shape)
    {
        int[] position = new int[shape.Length];
        for (int remaining = Count(shape); remaining > 0; remaining--)
        {
            yield return position;
            for (int axis = shape.Length - 1; axis >= 0 && ++position[axis] == shape[axis]; axis--) position[axis] = 0;
        }
    }

    /// <summary>The shape that both are broadcast to: aligned at the end, equal sizes stay, size 1 is repeated.</summary>
    public static int[] Broadcast(string word, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        int[] result = new int[Math.Max(a.Length, b.Length)];
        for (int fromEnd = 1; fromEnd <= result.Length; fromEnd++)
        {
            int sizeA = fromEnd <= a.Length ? a[^fromEnd] : 1;
            int sizeB = fromEnd <= b.Length ? b[^fromEnd] : 1;
            if (sizeA != sizeB && sizeA != 1 && sizeB != 1)
                throw new ArgumentException($"{word}: {Text(a)} and {Text(b)} cannot be broadcast: {sizeA} meets {sizeB} at axis −{fromEnd}.");

            result[^fromEnd] = sizeA == 1 ? sizeB : sizeA;
        }

        return result;
    }

    /// <summary>An axis counted from the start.</summary>
    public static int Axis(string word, int axis, ReadOnlySpan<int> shape)
    {
        if (axis < -shape.Length || axis >= shape.Length)
            throw Outside(nameof(axis), axis, $"{word}: the shape {Text(shape)} has no axis {axis}.");

        return axis < 0 ? axis + shape.Length : axis;
    }

    /// <summary>The place of a new axis, counted from the start of the shape that has it.</summary>
    public static int NewAxis(string word, int axis, int[] shape)
    {
        int rank = shape.Length + 1;
        if (axis < -rank || axis >= rank)
            throw Outside(nameof(axis), axis, $"{word}: {Text(shape)} with one more axis has no axis {axis}.");

        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>Several different axes counted from the start.</summary>
    public static int[] Axes(string word, int[] axes, int[] shape)
    {
        if (axes.Length == 0) throw new ArgumentException($"{word}: name at least one axis of {Text(shape)}.", nameof(axes));

        int[] result = [.. axes.Select(axis => Axis(word, axis, shape))];
        if (result.Distinct().Count() < result.Length)
            throw new ArgumentException($"{word}: the axes {Text(axes)} name one axis twice.", nameof(axes));

        return result;
    }

    /// <summary>The error for a setting of an operation, which is no parameter of the method that notices it.</summary>
    public static ArgumentOutOfRangeException Outside(string setting, object value, string message) => new(setting, value, message);

    public static void RequireSame(string word, int[] a, int[] b)
    {
        if (!a.AsSpan().SequenceEqual(b)) throw new ArgumentException($"{word}: the shapes {Text(a)} and {Text(b)} differ.");
    }
}
