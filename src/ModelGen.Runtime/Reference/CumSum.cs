using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>yᵢ = Σⱼ xⱼ</c> over <c>j ≤ i</c> along an axis</summary>
internal readonly struct CumSum(int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int along = Shapes.Axis(nameof(CumSum), axis, x.Shape);
        var y = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape))
        {
            T before = p[along] > 0 ? y[Indexing.With(p, along, p[along] - 1)] : T.Zero;
            y[p] = before + x[p];
        }

        return y;
    }
}
