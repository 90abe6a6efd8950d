using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = Π x</c> along axes</summary>
internal readonly struct Prod(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Reduction.Fold(inputs[0], Reduction.Axes(nameof(Prod), axes, inputs[0].Shape), keepDims, T.One, (product, x) => product * x);
    }
}

/// <summary><c>y = Σ (x − mean)² / max(0, n − correction)</c> along axes of <c>n</c> elements in all</summary>
internal readonly struct Var(int[]? axes, bool keepDims, double correction) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (!(correction >= 0 && double.IsFinite(correction)))
            throw Shapes.Outside(nameof(correction), correction, "Var: the correction must be 0 or more.");

        NdArray<T> x = inputs[0];
        int[] reduced = Reduction.Axes(nameof(Var), axes, x.Shape);
        T count = T.CreateChecked(Shapes.Count([.. reduced.Select(axis => x.Shape[axis])]));
        NdArray<T> mean = Reduction.Fold(x, reduced, keepDims: true, T.Zero, (sum, value) => sum + value).Select(sum => sum / count);
        var squares = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape)) squares[p] = (x[p] - mean[p]) * (x[p] - mean[p]);

        T freedom = T.Max(T.Zero, count - T.CreateChecked(correction));
        return Reduction.Fold(squares, reduced, keepDims, T.Zero, (sum, value) => sum + value).Select(sum => sum / freedom);
    }
}

/// <summary><c>y = m + ln Σ eˣ⁻ᵐ</c> along axes, with <c>m = max x</c>, or 0 where that is infinite</summary>
internal readonly struct LogSumExp(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] reduced = Reduction.Axes(nameof(LogSumExp), axes, x.Shape);
        NdArray<T> shift = Reduction.Fold(x, reduced, keepDims: true, T.NegativeInfinity, T.Max).Select(max => T.IsFinite(max) ? max : T.Zero);
        var exponentials = new NdArray<T>(x.Shape);
        foreach (int[] p in Shapes.Positions(x.Shape)) exponentials[p] = T.Exp(x[p] - shift[p]);

        NdArray<T> y = Reduction.Fold(exponentials, reduced, keepDims, T.Zero, (sum, value) => sum + value);
        for (int i = 0; i < y.Values.Length; i++) y.Values[i] = T.Log(y.Values[i]) + shift.Values[i];
        return y;
    }
}

/// <summary><c>y = (Σ |x|ᵖ)^(1/p)</c> along axes; the greatest or smallest magnitude for <c>p = ±∞</c>, the number of elements other than 0 for <c>p = 0</c></summary>
internal readonly struct Norm(int[]? axes, bool keepDims, double p) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (double.IsNaN(p)) throw Shapes.Outside(nameof(p), p, "Norm: p must be a number.");

        NdArray<T> magnitudes = inputs[0].Select(T.Abs);
        if (double.IsPositiveInfinity(p)) return new Max(axes, keepDims).Run([magnitudes]);
        if (double.IsNegativeInfinity(p)) return new Min(axes, keepDims).Run([magnitudes]);

        int[] reduced = Reduction.Axes(nameof(Norm), axes, magnitudes.Shape);
        T exponent = T.CreateChecked(p);
        NdArray<T> powers = magnitudes.Select(x => x == T.Zero && exponent == T.Zero ? T.Zero : T.Pow(x, exponent));
        NdArray<T> sum = Reduction.Fold(powers, reduced, keepDims, T.Zero, (sum, value) => sum + value);
        return exponent == T.Zero ? sum : sum.Select(value => T.Pow(value, T.One / exponent));
    }
}
