using System.Collections.Generic;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A checkpoint as it lies in memory: what is written to a file, or was read from one.</summary>
internal sealed class Checkpoint
{
    /// <summary>Gets what it knows besides tensors.</summary>
    public required CheckpointState State { get; init; }

    /// <summary>Gets the parameters.</summary>
    public required AlignedBuffer Parameters { get; init; }

    /// <summary>Gets the slots of the optimizer, those that are used.</summary>
    public required IReadOnlyList<AlignedBuffer> Slots { get; init; }

    /// <summary>Gets the average, or null where there is none.</summary>
    public required AlignedBuffer? Average { get; init; }

    /// <summary>Gets what the best epoch was judged by, or null where there is none.</summary>
    public required AlignedBuffer? Judged { get; init; }

    /// <summary>Gets the parameters that the best epoch left, besides, or null.</summary>
    public required AlignedBuffer? Trained { get; init; }

    /// <summary>Gets the losses of the history's steps.</summary>
    public required float[] Losses { get; init; }

    /// <summary>Gets the learning rates of the history's steps.</summary>
    public required float[] LearningRates { get; init; }

    /// <summary>The steps of the history: those up to an epoch's last one belong to it.</summary>
    public StepRecord[] Steps()
    {
        var steps = new StepRecord[Losses.Length];
        int epoch = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            while (epoch < State.Epochs.Count && State.Epochs[epoch].LastStep <= i)
            {
                epoch++;
            }

            steps[i] = new StepRecord(i + 1, epoch + 1, Losses[i], LearningRates[i]);
        }

        return steps;
    }
}
