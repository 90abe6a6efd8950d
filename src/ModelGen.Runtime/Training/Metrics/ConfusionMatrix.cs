using System;

namespace ModelGen;

/// <summary>How often a label of each class was predicted as each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] counts;

    internal ConfusionMatrix(int classes, long[] counts) => (Classes, this.counts) = (classes, counts);

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets how often a label was predicted as a class.</summary>
    /// <param name="label">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long this[int label, int predicted]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)label, (uint)Classes);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)predicted, (uint)Classes);
            return counts[(label * Classes) + predicted];
        }
    }
}
