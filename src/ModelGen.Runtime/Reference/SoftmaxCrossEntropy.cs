using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = mean over p of −logSoftmax(logits)[p, target[p]]</c>, smoothed, weighted by class and without what is ignored</summary>
internal readonly struct SoftmaxCrossEntropy(NdArray<int> target, double labelSmoothing, int ignoreIndex) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> logits = inputs[0];
        if (logits.Rank == 0 || !logits.Shape.AsSpan(..^1).SequenceEqual(target.Shape))
            throw new ArgumentException($"SoftmaxCrossEntropy: logits {logits} need one target per row; the target is {target}.");
        if (!(labelSmoothing is >= 0 and <= 1))
            throw Shapes.Outside(nameof(labelSmoothing), labelSmoothing, "SoftmaxCrossEntropy: labelSmoothing must lie between 0 and 1.");

        NdArray<T>? weight = inputs.Length > 1 ? inputs[1] : null;
        if (weight is not null) Shapes.RequireSame("SoftmaxCrossEntropy's weight", weight.Shape, [logits.Shape[^1]]);

        NdArray<T> logProbabilities = new LogSoftmax(nameof(SoftmaxCrossEntropy), -1).Run([logits]);
        T smoothing = T.CreateChecked(labelSmoothing), sum = T.Zero, count = T.Zero;
        foreach (int[] p in Shapes.Positions(target.Shape))
        {
            if (target[p] == ignoreIndex) continue;

            int index = Class(p, logits.Shape[^1]);
            T ofTarget = weight is null ? T.One : weight.Values[index];
            sum -= (T.One - smoothing) * ofTarget * logProbabilities[[.. p, index]];
            if (smoothing > T.Zero) sum -= smoothing * OfAll(logProbabilities.From([.. p, 0])[..logits.Shape[^1]], weight);
            count += ofTarget;
        }

        return new NdArray<T>([sum / count], []);
    }

    private static T OfAll<T>(ReadOnlySpan<T> logProbabilities, NdArray<T>? weight)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < logProbabilities.Length; i++) sum += (weight is null ? T.One : weight.Values[i]) * logProbabilities[i];
        return sum / T.CreateChecked(logProbabilities.Length);
    }

    private int Class(int[] p, int classes)
    {
        int index = target[p];
        if (index < 0 || index >= classes)
            throw Shapes.Outside(
                nameof(target), index, $"SoftmaxCrossEntropy: the target at {Shapes.Text(p)} is {index}; classes are 0 to {classes - 1}.");

        return index;
    }
}
