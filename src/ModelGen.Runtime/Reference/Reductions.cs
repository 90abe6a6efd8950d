using System;
using System.Linq;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = Σ x</c> along axes; along all where none are given</summary>
internal readonly struct Sum(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        return Reduction.Fold(inputs[0], Reduction.Axes(nameof(Sum), axes, inputs[0].Shape), keepDims, T.Zero, (sum, x) => sum + x);
    }
}

/// <summary><c>y = Σ x / n</c> along axes of <c>n</c> elements in all; NaN where <c>n = 0</c></summary>
internal readonly struct Mean(int[]? axes, bool keepDims) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> x = inputs[0];
        int[] reduced = Reduction.Axes(nameof(Mean), axes, x.Shape);
        T count = T.CreateChecked(Shapes.Count([.. reduced.Select(axis => x.Shape[axis])]));
        return Reduction.Fold(x, reduced, keepDims, T.Zero, (sum, value) => sum + value).Select(sum => sum / count);
    }

    /// <summary>The mean of an error over all elements of two tensors of the same shape; the second may also be a number.</summary>
    public static NdArray<T> OfErrors<T>(string word, ReadOnlySpan<NdArray<T>> inputs, Func<T, T, T> error)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> predictions = inputs[0], targets = inputs[1];
        if (targets.Rank > 0) Shapes.RequireSame(word, predictions.Shape, targets.Shape);

        var errors = new NdArray<T>(predictions.Shape);
        foreach (int[] p in Shapes.Positions(errors.Shape)) errors[p] = error(predictions[p], targets[p]);
        return new Mean(axes: null, keepDims: false).Run([errors]);
    }
}

/// <summary>What reductions have in common.</summary>
internal static class Reduction
{
    public static int[] Axes(string word, int[]? axes, int[] shape) =>
        axes is null ? [.. Enumerable.Range(0, shape.Length)] : Shapes.Axes(word, axes, shape);

    /// <summary>Every element is folded, in row-major order, into the element of the result that a broadcast of the result would put there.</summary>
    public static NdArray<T> Fold<T>(NdArray<T> x, int[] axes, bool keepDims, T start, Func<T, T, T> step)
    {
        int[] kept = [.. x.Shape.Select((size, axis) => axes.Contains(axis) ? 1 : size)];
        var y = new NdArray<T>(kept);
        Array.Fill(y.Values, start);
        foreach (int[] p in Shapes.Positions(x.Shape)) y[p] = step(y[p], x[p]);
        return keepDims ? y : y.As([.. x.Shape.Where((_, axis) => !axes.Contains(axis))]);
    }
}
