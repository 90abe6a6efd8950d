using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary>The same elements in row-major order under another shape; one size may be −1</summary>
internal readonly struct Reshape(int[] shape) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] result = Complete(shape, x.Values.Length);
        if (Shapes.Count(result) != x.Values.Length)
            throw new ArgumentException($"Reshape: {x} has {x.Values.Length} elements, which do not fit {Shapes.Text(shape)}.");

        return x.As(result);
    }

    /// <summary>Puts what is left in the place of −1.</summary>
    private static int[] Complete(int[] shape, int count)
    {
        int open = Array.IndexOf(shape, -1);
        int[] result = [.. shape];
        if (open < 0) return result;

        result[open] = 1;
        int known = Shapes.Count(result);
        if (known == 0) throw new ArgumentException($"Reshape: the size −1 of {Shapes.Text(shape)} could be any number.", nameof(shape));

        result[open] = count / known;
        return result;
    }
}
