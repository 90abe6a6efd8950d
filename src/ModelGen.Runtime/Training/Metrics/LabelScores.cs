using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The scores that a classifying loss leaves, compared with the labels.</summary>
internal sealed class LabelScores
{
    private readonly Classification kind;
    private readonly int classes;
    private readonly int scoresPerExample;
    private ClassCounts counts;

    public LabelScores(Dataset data, Batch batch, Classification kind)
    {
        this.kind = kind;
        LossEntry entry = data.Entry;
        TensorDescription scores = entry.Outputs[kind.ScoresOutput];
        Span<int> sizes = stackalloc int[entry.Dimensions.Length];
        data.CopySizes(1, sizes);
        scoresPerExample = checked((int)scores.Count(entry.Dimensions, sizes));
        classes = kind.Binary ? 2 : scores.Dimensions[^1].Evaluate(entry.Dimensions, sizes);
        Memory = new AlignedBuffer((long)scoresPerExample * batch.Capacity);
        counts = new ClassCounts(classes);
    }

    /// <summary>Gets where the entry writes the scores.</summary>
    public AlignedBuffer Memory { get; }

    public void Clear() => counts = new ClassCounts(classes);

    public void Count(Batch batch)
    {
        ReadOnlySpan<float> scores = Memory.Span(0, checked(batch.Count * scoresPerExample));
        if (kind.Binary)
        {
            counts.AddLogits(batch.Floats(kind.LabelInput), scores);
        }
        else
        {
            counts.AddScores(batch.Ints(kind.LabelInput), scores, kind.Ignored);
        }
    }

    public ClassificationReport Report() => new(counts);
}
