using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary>Tensors one behind the other along an axis; the other axes have the same sizes</summary>
internal readonly struct Concat(int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (inputs.IsEmpty) throw new ArgumentException("Concat: give at least one tensor.", nameof(inputs));

        int along = Shapes.Axis(nameof(Concat), axis, inputs[0].Shape);
        int[] shape = [.. inputs[0].Shape];
        shape[along] = 0;
        foreach (NdArray<T> x in inputs) shape[along] += SizeOf(x.Shape, along, inputs[0].Shape);

        var y = new NdArray<T>(shape);
        int start = 0;
        foreach (NdArray<T> x in inputs)
        {
            Copy(x, y, along, start);
            start += x.Shape[along];
        }

        return y;
    }

    private static int SizeOf(int[] shape, int along, int[] first)
    {
        bool fits = shape.Length == first.Length && first.Select((size, axis) => axis == along || size == shape[axis]).All(same => same);
        if (!fits) throw new ArgumentException($"Concat: {Shapes.Text(first)} and {Shapes.Text(shape)} differ beside axis {along}.");

        return shape[along];
    }

    private static void Copy<T>(NdArray<T> x, NdArray<T> y, int along, int start)
    {
        int[] q = new int[y.Rank];
        foreach (int[] p in Shapes.Positions(x.Shape))
        {
            p.CopyTo(q, 0);
            q[along] += start;
            y[q] = x[p];
        }
    }
}
