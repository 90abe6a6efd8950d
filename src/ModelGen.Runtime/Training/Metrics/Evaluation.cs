using System.Collections.Generic;

namespace ModelGen;

/// <summary>The results of <see cref="Model.Evaluate"/>.</summary>
public sealed class Evaluation
{
    /// <summary>The name of the accuracy in <see cref="Metrics"/>.</summary>
    public const string AccuracyName = "accuracy";

    /// <summary>The name of the mean F1 over the classes in <see cref="Metrics"/>.</summary>
    public const string MacroF1Name = "macro_f1";

    internal Evaluation(int examples, double loss, ClassificationReport? classification, IReadOnlyDictionary<string, double> metrics)
    {
        Examples = examples;
        Loss = loss;
        Classification = classification;
        Metrics = metrics;
    }

    /// <summary>Gets the number of examples.</summary>
    public int Examples { get; }

    /// <summary>Gets the mean loss of the examples.</summary>
    public double Loss { get; }

    /// <summary>Gets the share of labels that were predicted, or null where the loss does not classify.</summary>
    public double? Accuracy => Classification?.Accuracy;

    /// <summary>Gets precision, recall, F1 and confusions, or null where the loss does not classify.</summary>
    public ClassificationReport? Classification { get; }

    /// <summary>Gets the <c>[Metric]</c> methods' means by name; with <c>accuracy</c> and <c>macro_f1</c> where the loss classifies.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; }

    /// <summary>A table for people.</summary>
    /// <returns>Lines of text.</returns>
    public override string ToString() => ToString([]);

    /// <summary>A table for people.</summary>
    /// <param name="classNames">The classes' names; those that are missing are numbered.</param>
    /// <returns>Lines of text.</returns>
    public string ToString(IReadOnlyList<string> classNames) => EvaluationTable.Write(this, classNames);
}
