using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The average of a model's parameters, where the model's execution has its memory.</summary>
internal sealed class AverageState : IDisposable
{
    private readonly TrainingExecution execution;
    private readonly SlotMemory slots;
    private readonly TrainedParameters trained;

    /// <summary>Initializes a new instance of the <see cref="AverageState"/> class, with the parameters as they are.</summary>
    public AverageState(TrainingExecution execution, LossEntry entry, TrainedParameters trained)
    {
        (this.execution, Entry, this.trained) = (execution, entry, trained);
        execution.ExpectAverage();
        slots = execution.NewSlots();
        Add(decay: 0f);
    }

    /// <summary>Gets the loss that trains the parameters.</summary>
    public LossEntry Entry { get; }

    /// <summary>Adds the parameters as they are after an update.</summary>
    public void Update(float decay) => Add(decay);

    /// <summary>Lets average and parameters change places, to the last bit.</summary>
    public void Exchange()
    {
        for (int position = 0; trained.Next(ref position, null, out TrainedRange range);)
        {
            execution.Apply(default(Exchanged), slots, range.Offset, range.Count);
        }
    }

    /// <summary>Forgets the average for the parameters as they are.</summary>
    public void Settle() => Add(decay: 0f);

    /// <summary>The average as it is now, in the host's memory, to be read before the next call, and not to be changed.</summary>
    public AlignedBuffer Read() => slots.Read(0);

    /// <summary>Replaces the average.</summary>
    public void Replace(AlignedBuffer values) => slots.Replace([values]);

    public void Dispose() => slots.Dispose();

    /// <summary>Without anything that is kept, the average becomes the parameters.</summary>
    private void Add(float decay)
    {
        float weight = (float)(1.0 - (double)decay);
        for (int position = 0; trained.Next(ref position, null, out TrainedRange range);)
        {
            execution.Average(slots, range, decay, weight);
        }
    }
}
