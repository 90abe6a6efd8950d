using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[p₀, p₁, …] = x[q]</c> with <c>q[order[i]] = pᵢ</c></summary>
internal readonly struct Permute(int[] order) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] from = Complete(x.Shape);
        var y = new NdArray<T>([.. from.Select(axis => x.Shape[axis])]);
        int[] q = new int[x.Rank];
        foreach (int[] p in Shapes.Positions(y.Shape))
        {
            for (int i = 0; i < from.Length; i++) q[from[i]] = p[i];
            y[p] = x[q];
        }

        return y;
    }

    private int[] Complete(int[] shape)
    {
        if (order.Length != shape.Length)
            throw new ArgumentException($"Permute: {Shapes.Text(order)} must name every axis of {Shapes.Text(shape)} once.");

        return shape.Length == 0 ? [] : Shapes.Axes(nameof(Permute), order, shape);
    }
}
