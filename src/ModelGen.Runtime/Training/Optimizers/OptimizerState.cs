using System;
using System.Collections.Generic;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>What an optimizer remembers of a model: how often each parameter was updated and, where the model's execution has its memory, the
/// slots of its rule.</summary>
internal sealed class OptimizerState(ParameterCollection parameters, Optimizer optimizer, SlotMemory slots) : IDisposable
{
    private readonly ParameterGroup?[] groups = GroupAssignment.Of(parameters, optimizer.Groups);
    private readonly Dictionary<LossEntry, TrainedParameters> trained = [];

    /// <summary>Gets the number of updates of each parameter: losses that train different parameters may share an optimizer.</summary>
    public long[] Steps { get; } = new long[parameters.Count];

    /// <summary>Gets the slots.</summary>
    public SlotMemory Slots { get; } = slots;

    /// <summary>The parameters that the optimizer changes after a loss, in the optimizer's groups.</summary>
    public TrainedParameters Trained(LossEntry entry)
    {
        if (!trained.TryGetValue(entry, out TrainedParameters? own))
        {
            trained.Add(entry, own = new TrainedParameters(parameters, entry, groups));
        }

        return own;
    }

    public void Dispose() => Slots.Dispose();
}
