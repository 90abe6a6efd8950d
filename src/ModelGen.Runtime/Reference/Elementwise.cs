using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y[p] = f(x[p])</c></summary>
internal readonly struct Elementwise<TFormula> : IOperation
    where TFormula : struct, IElementwise
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return inputs[0].Select(TFormula.Of);
    }
}

/// <summary><c>y[p] = f(a[p], b[p])</c>, broadcast</summary>
internal readonly struct Pairwise<TFormula> : IOperation
    where TFormula : struct, IPairwise
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> a = inputs[0], b = inputs[1];
        var y = new NdArray<T>(Shapes.Broadcast(typeof(TFormula).Name, a.Shape, b.Shape));
        foreach (int[] p in Shapes.Positions(y.Shape)) y[p] = TFormula.Of(a[p], b[p]);
        return y;
    }
}

/// <summary><c>y[p] = condition[p] ≠ 0 ? a[p] : b[p]</c>, broadcast</summary>
internal readonly struct Where : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> condition = inputs[0], a = inputs[1], b = inputs[2];
        int[] branches = Shapes.Broadcast(nameof(Where), a.Shape, b.Shape);
        var y = new NdArray<T>(Shapes.Broadcast(nameof(Where), condition.Shape, branches));
        foreach (int[] p in Shapes.Positions(y.Shape)) y[p] = condition[p] != T.Zero ? a[p] : b[p];
        return y;
    }
}
