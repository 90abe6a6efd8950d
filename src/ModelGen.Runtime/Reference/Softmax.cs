using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = eˣ⁻ᵐ / Σ eˣ⁻ᵐ</c> with <c>m = max x</c>, along an axis</summary>
internal readonly struct Softmax(int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return new LogSoftmax(nameof(Softmax), axis).Shifted(inputs[0], (shifted, sum) => T.Exp(shifted) / sum);
    }
}

/// <summary><c>y = x − m − ln Σ eˣ⁻ᵐ</c> with <c>m = max x</c>, along an axis</summary>
internal readonly struct LogSoftmax(string word, int axis) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Shifted(inputs[0], (shifted, sum) => shifted - T.Log(sum));
    }

    /// <summary>The maximum is taken off first, so that no exponential overflows; the result is the same.</summary>
    public NdArray<T> Shifted<T>(NdArray<T> x, Func<T, T, T> result)
        where T : IFloatingPointIeee754<T>
    {
        int[] axes = [Shapes.Axis(word, axis, x.Shape)];
        NdArray<T> max = Reduction.Fold(x, axes, keepDims: true, T.NegativeInfinity, T.Max);
        var shifted = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape)) shifted[p] = x[p] - max[p];

        NdArray<T> sum = Reduction.Fold(shifted, axes, keepDims: true, T.Zero, (total, value) => total + T.Exp(value));
        var y = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape)) y[p] = result(shifted[p], sum[p]);
        return y;
    }
}
