using System;

namespace ModelGen;

/// <summary>Counts of classified labels: per class, and as a confusion matrix where there are few enough classes.</summary>
internal sealed class ClassCounts
{
    /// <summary>Beyond this a matrix would be larger than the parameters of many models.</summary>
    private const int LargestMatrix = 1024;

    private readonly long[]? confusion;

    public ClassCounts(int classes)
    {
        Classes = classes;
        Hits = new long[classes];
        Predicted = new long[classes];
        Support = new long[classes];
        confusion = classes <= LargestMatrix ? new long[classes * classes] : null;
    }

    public int Classes { get; }

    /// <summary>Gets the numbers of labels of each class that were predicted as such.</summary>
    public long[] Hits { get; }

    public long[] Predicted { get; }

    public long[] Support { get; }

    public ConfusionMatrix? Confusion => confusion is null ? null : new ConfusionMatrix(Classes, confusion);

    /// <summary>Adds rows of scores [labels, classes]: the largest score decides, the first of equal ones. Rows of an ignored label are left out.</summary>
    public void AddScores(ReadOnlySpan<int> labels, ReadOnlySpan<float> scores, int? ignored)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] == ignored)
            {
                continue;
            }

            Add(labels[i], Largest(scores.Slice(i * Classes, Classes)));
        }
    }

    /// <summary>Adds logits of two classes: above 0 is class 1.</summary>
    public void AddLogits(ReadOnlySpan<float> labels, ReadOnlySpan<float> logits)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            Add(labels[i] >= 0.5f ? 1 : 0, logits[i] > 0f ? 1 : 0);
        }
    }

    private void Add(int label, int predicted)
    {
        Support[label]++;
        Predicted[predicted]++;
        Hits[label] += label == predicted ? 1 : 0;
        if (confusion is not null)
        {
            confusion[(label * Classes) + predicted]++;
        }
    }

    private static int Largest(ReadOnlySpan<float> scores)
    {
        int largest = 0;
        for (int i = 1; i < scores.Length; i++)
        {
            largest = scores[i] > scores[largest] ? i : largest;
        }

        return largest;
    }
}
