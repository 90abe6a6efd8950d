namespace ModelGen;

/// <summary>How well one class was recognised. Ratios whose denominator is 0 are 0.</summary>
public sealed class ClassScore
{
    internal ClassScore(int index, long hits, long predicted, long support)
    {
        Index = index;
        Support = support;
        Precision = Ratio(hits, predicted);
        Recall = Ratio(hits, support);
        F1 = Ratio(2 * hits, predicted + support);
    }

    /// <summary>Gets the class's index.</summary>
    public int Index { get; }

    /// <summary>Gets the number of labels of this class.</summary>
    public long Support { get; }

    /// <summary>Gets the share of right ones among the predictions of this class.</summary>
    public double Precision { get; }

    /// <summary>Gets the share of this class's labels that were predicted.</summary>
    public double Recall { get; }

    /// <summary>Gets the harmonic mean of precision and recall.</summary>
    public double F1 { get; }

    internal static double Ratio(long numerator, long denominator) => denominator == 0 ? 0.0 : (double)numerator / denominator;
}
