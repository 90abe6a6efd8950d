using System;
using System.Numerics;

namespace ModelGen.Reference;

/// <summary><c>y = mean over p of −logSoftmax(logits)[p, target[p]]</c></summary>
internal readonly struct SoftmaxCrossEntropy(NdArray<int> target) : IOperation
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        NdArray<T> logits = inputs[0];
        if (logits.Rank == 0 || !logits.Shape.AsSpan(..^1).SequenceEqual(target.Shape))
            throw new ArgumentException($"SoftmaxCrossEntropy: logits {logits} need one target per row; the target is {target}.");

        NdArray<T> logProbabilities = new LogSoftmax(nameof(SoftmaxCrossEntropy), -1).Run([logits]);
        T sum = T.Zero;
        foreach (int[] p in Shapes.Positions(target.Shape)) sum -= logProbabilities[[.. p, Class(p, logits.Shape[^1])]];
        return new NdArray<T>([sum / T.CreateChecked(target.Values.Length)], []);
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

/// <summary><c>(p − t)²</c>, whose mean is the loss</summary>
internal readonly struct SquaredError : IPairwise
{
    public static T Of<T>(T a, T b)
        where T : IFloatingPointIeee754<T>
    {
        return (a - b) * (a - b);
    }
}

/// <summary><c>−t · ln σ(x) − (1 − t) · ln(1 − σ(x)) = max(x, 0) − x · t + ln(1 + e^(−|x|))</c>, whose mean is the loss</summary>
/// <remarks>The right side overflows nowhere.</remarks>
internal readonly struct LogisticError : IPairwise
{
    public static T Of<T>(T x, T t)
        where T : IFloatingPointIeee754<T>
    {
        return T.Max(x, T.Zero) - (x * t) + LogOnePlus(T.Exp(-T.Abs(x)));
    }

    /// <summary><c>ln(1 + x)</c> with all its digits for small <c>x</c> too (Goldberg 1991, theorem 4).</summary>
    private static T LogOnePlus<T>(T x)
        where T : IFloatingPointIeee754<T>
    {
        T sum = T.One + x;
        return sum == T.One ? x : T.Log(sum) * x / (sum - T.One);
    }
}

/// <summary>The mean of an error over all elements of two tensors of the same shape; the second may also be a number</summary>
internal readonly struct MeanError<TError>(string word) : IOperation
    where TError : struct, IPairwise
{
    public NdArray<T> Run<T>(ReadOnlySpan<NdArray<T>> inputs)
        where T : IFloatingPointIeee754<T>
    {
        if (inputs[1].Rank > 0) Shapes.RequireSame(word, inputs[0].Shape, inputs[1].Shape);

        NdArray<T> errors = new Pairwise<TError>().Run(inputs);
        return new Mean(axes: null, keepDims: false).Run([errors]);
    }
}
