using System.Collections.Generic;

namespace ModelGen;

/// <summary>Training calls and updates in their order, from the first call on whose loss is not known yet.</summary>
internal sealed class UnsettledWork
{
    private readonly List<TrainingCall> calls = [];
    private readonly List<CountedUpdate> updates = [];

    /// <summary>Gets the number of calls.</summary>
    public int Calls => calls.Count;

    public TrainingCall this[int call] => calls[call];

    public void Add(in TrainingCall call) => calls.Add(call);

    /// <summary>Notes that an update was counted, of the parameters in front of a position; one that depends on no open call stands.</summary>
    public void AddUpdate(TrainedParameters parameters, OptimizerState state, int end)
    {
        if (calls.Count != 0)
        {
            updates.Add(new CountedUpdate(calls.Count, parameters, state, end));
        }
    }

    /// <summary>Undoes the count of the updates behind a call, which have done nothing.</summary>
    /// <returns>The call.</returns>
    public TrainingCall UndoFrom(int call)
    {
        foreach (CountedUpdate update in updates)
        {
            if (update.CallsBefore > call)
            {
                update.Parameters.CountUpdate(update.State.Steps, 0, update.End, by: -1);
            }
        }

        return calls[call];
    }

    public void Clear()
    {
        calls.Clear();
        updates.Clear();
    }

    private readonly record struct CountedUpdate(int CallsBefore, TrainedParameters Parameters, OptimizerState State, int End);
}
