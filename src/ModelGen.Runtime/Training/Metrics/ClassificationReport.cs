using System.Collections.Generic;
using System.Linq;

namespace ModelGen;

/// <summary>How well the classes were told apart.</summary>
public sealed class ClassificationReport
{
    internal ClassificationReport(ClassCounts counts)
    {
        Classes = [.. Enumerable.Range(0, counts.Classes).Select(i => new ClassScore(i, counts.Hits[i], counts.Predicted[i], counts.Support[i]))];
        Confusion = counts.Confusion;
        Labels = counts.Support.Sum();
        Accuracy = ClassScore.Ratio(counts.Hits.Sum(), Labels);
    }

    /// <summary>Gets the number of labels: one per example, or one per example and position.</summary>
    public long Labels { get; }

    /// <summary>Gets the share of labels that were predicted.</summary>
    public double Accuracy { get; }

    /// <summary>Gets precision, recall and F1 of every class.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>Gets the mean precision over the classes.</summary>
    public double MacroPrecision => Classes.Average(score => score.Precision);

    /// <summary>Gets the mean recall over the classes.</summary>
    public double MacroRecall => Classes.Average(score => score.Recall);

    /// <summary>Gets the mean F1 over the classes.</summary>
    public double MacroF1 => Classes.Average(score => score.F1);

    /// <summary>Gets the confusion matrix, or null where there are more than 1,024 classes.</summary>
    public ConfusionMatrix? Confusion { get; }
}
