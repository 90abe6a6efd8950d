using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>What a model has only once it is trained: calls whose losses are not known yet, and the optimizers' states.</summary>
internal sealed class TrainingState(Model model) : IDisposable
{
    private const string BeforeTraining = "training goes on";
    private readonly TrainingExecution execution = model.Execution.NewTraining();
    private readonly Dictionary<LossEntry, TrainedParameters> accumulated = [];
    private readonly ConditionalWeakTable<Optimizer, OptimizerState> optimizers = [];
    private readonly ConditionalWeakTable<ExponentialMovingAverage, AverageState> averages = [];
    private readonly UnsettledWork unsettled = new();
    private AverageState? inPlace;

    /// <summary>Gets the number of training calls so far.</summary>
    public uint Calls { get; private set; }

    /// <summary>Gets the number of calls whose losses may be unknown at a time.</summary>
    public int Capacity => execution.Capacity;

    /// <summary>Gets the number of calls whose losses are not known yet.</summary>
    public int Unsettled => unsettled.Calls;

    /// <summary>Gets the losses that have become known, in the order of their calls, to be taken out.</summary>
    public Queue<float> Losses { get; } = new();

    /// <summary>Starts a batch's loss; its gradients replace the model's.</summary>
    /// <remarks>The gradients of parameters that the loss does not train are zero afterwards, not those of another loss.</remarks>
    public void Differentiate(LossEntry entry, Batch batch) => Start(entry, batch, isApart: false);

    /// <summary>Starts a batch's loss; its gradients, times a weight, are added to the model's, times another.</summary>
    public void Accumulate(LossEntry entry, Batch batch, float keep, float weight)
    {
        Start(entry, batch, isApart: true);
        TrainedParameters parameters = Accumulated(entry);
        for (int position = 0; parameters.Next(ref position, null, out TrainedRange range);)
        {
            execution.Accumulate(range, keep, weight);
        }
    }

    /// <summary>Says which optimizer follows the next call, so that a device gets all that a step needs at once.</summary>
    /// <exception cref="ArgumentException">Its groups do not fit the model, or leave the loss nothing to train.</exception>
    public void Expect(LossEntry entry, Optimizer optimizer) => StateOf(entry, optimizer).Trained(entry);

    /// <summary>What an optimizer remembers, to be read.</summary>
    public OptimizerState Of(LossEntry entry, Optimizer optimizer) => StateOf(entry, optimizer);

    /// <summary>Makes sure that what was read so far is what the device had.</summary>
    public void DemandDevice() => execution.DemandDevice();

    /// <summary>Takes up an earlier training: replaces what the optimizer remembers and the number of calls.</summary>
    public void Resume(LossEntry entry, Optimizer optimizer, uint calls, ReadOnlySpan<long> updates, ReadOnlySpan<AlignedBuffer> slots)
    {
        OptimizerState own = StateOf(entry, optimizer);
        own.Slots.Replace(slots);
        updates.CopyTo(own.Steps);
        Calls = calls;
    }

    /// <summary>Changes the parameters that the loss trains.</summary>
    public void Update(LossEntry entry, Optimizer optimizer, float learningRate)
    {
        DemandParameters();
        OptimizerState state = StateOf(entry, optimizer);
        TrainedParameters parameters = state.Trained(entry);
        execution.Clip(parameters, optimizer);
        int done = 0;
        try
        {
            // Counted once it is done: memory for what is remembered may be missing.
            for (int position = 0; parameters.Next(ref position, state.Steps, out TrainedRange range); done = position)
            {
                optimizer.Update(new ParameterSweep(execution, state.Slots, range with { Step = range.Step + 1 }, optimizer, learningRate));
                parameters.CountUpdate(state.Steps, done, position);
            }
        }
        finally
        {
            unsettled.AddUpdate(parameters, state, done);
        }
    }

    /// <summary>Begins an average of the parameters that a loss trains: it is the parameters as they are.</summary>
    public AverageState BeginAverage(LossEntry entry, ExponentialMovingAverage averaging)
    {
        var average = new AverageState(execution, entry, Accumulated(entry));
        averages.Add(averaging, average);
        return average;
    }

    /// <summary>Takes the beginning of an average back.</summary>
    public void ForgetAverage(ExponentialMovingAverage averaging)
    {
        if (Average(averaging) is AverageState average && average != inPlace)
        {
            averages.Remove(averaging);
            average.Dispose();
        }
    }

    /// <summary>The average that an earlier training by a loss has begun, or null.</summary>
    /// <exception cref="ArgumentException">It was another loss.</exception>
    public AverageState? Average(LossEntry entry, ExponentialMovingAverage averaging)
    {
        AverageState? average = Average(averaging);
        return average is null || average.Entry == entry
            ? average
            : throw new ArgumentException($"This {nameof(ExponentialMovingAverage)} averages what the loss '{average.Entry.Name}' trains; use another one for '{entry.Name}'.");
    }

    /// <summary>Lets an average and the parameters change places: once to put it there, once more to bring them back.</summary>
    public void Exchange(AverageState average)
    {
        average.Exchange();
        inPlace = inPlace is null ? average : null;
    }

    /// <summary>Makes sure that no average is in the place of the parameters.</summary>
    /// <param name="before">What is about to happen.</param>
    /// <exception cref="InvalidOperationException">One is.</exception>
    public void DemandParameters(string before = BeforeTraining)
    {
        if (inPlace is not null)
        {
            throw new InvalidOperationException($"An average is in the place of the parameters: dispose of what {nameof(Model.UseAverage)} gave before {before}.");
        }
    }

    /// <summary>The average that an earlier training has begun, or null.</summary>
    public AverageState? Average(ExponentialMovingAverage averaging) => averages.TryGetValue(averaging, out AverageState? average) ? average : null;

    /// <summary>Waits for the losses that are not known yet and adds them to <see cref="Losses"/>.</summary>
    /// <exception cref="NonFiniteException">A loss is not finite: all is as it was before its call.</exception>
    public void Settle()
    {
        if (unsettled.Calls == 0)
        {
            return;
        }

        Span<float> losses = stackalloc float[unsettled.Calls];
        try
        {
            execution.ReadLosses(unsettled[0].Number, losses);
            Settle(losses);
        }
        finally
        {
            unsettled.Clear();
        }
    }

    /// <summary>Waits for the loss of the last call, where no other's is wanted.</summary>
    public float LastLoss()
    {
        Settle();
        float last = 0f;
        while (Losses.TryDequeue(out float loss))
        {
            last = loss;
        }

        return last;
    }

    /// <summary>After a failure: waits for the calls before it, so that their batches are the caller's again, and forgets their losses.</summary>
    public void Abandon()
    {
        try
        {
            Settle();
        }
        catch (Exception e) when (e is DeviceException or NonFiniteException)
        {
            // The failure that is being handled came first.
        }
        finally
        {
            Losses.Clear();
        }
    }

    public void Dispose()
    {
        foreach ((_, OptimizerState state) in optimizers)
        {
            state.Dispose();
        }

        foreach ((_, AverageState average) in averages)
        {
            average.Dispose();
        }

        execution.Dispose();
    }

    private void Settle(ReadOnlySpan<float> losses)
    {
        for (int i = 0; i < losses.Length; i++)
        {
            if (!float.IsFinite(losses[i]))
            {
                throw Explain(unsettled.UndoFrom(i), losses[i]);
            }

            Losses.Enqueue(losses[i]);
        }
    }

    private void Start(LossEntry entry, Batch batch, bool isApart)
    {
        if (batch.Entry != entry)
        {
            throw new ArgumentException($"The batch holds examples for the loss '{batch.Entry.Name}', not for '{entry.Name}'.", nameof(batch));
        }

        if (batch.Count == 0)
        {
            throw new ArgumentException("The batch is empty: the mean loss of no examples is not defined.", nameof(batch));
        }

        _ = model.Execution;
        DemandParameters();
        if (!isApart && (!entry.Trained.IsDefault || entry.Trains is not null))
        {
            execution.ClearGradients();
        }

        var call = new TrainingCall(entry, batch, Calls, isApart);
        execution.Differentiate(call);
        unsettled.Add(call);
        Calls++;
        if (Capacity == 1)
        {
            Settle();
        }
    }

    /// <summary>Goes back to before a call and repeats it with checks of every kernel.</summary>
    private NonFiniteException Explain(in TrainingCall call, float loss)
    {
        Calls = call.Number;
        string cause = NonFiniteCause.Of(model, call.Batch);
        try
        {
            execution.Diagnose(call, loss, cause);
            return NonFiniteException.Unexplained(loss, Calls + 1L, cause);
        }
        catch (NonFiniteException found)
        {
            return found;
        }
        finally
        {
            execution.Resume();
        }
    }

    /// <summary>The parameters that a loss trains, whatever an optimizer makes of their gradients.</summary>
    private TrainedParameters Accumulated(LossEntry entry)
    {
        if (!accumulated.TryGetValue(entry, out TrainedParameters? parameters))
        {
            accumulated.Add(entry, parameters = new TrainedParameters(model.Parameters, entry, new ParameterGroup?[model.Parameters.Count]));
        }

        return parameters;
    }

    private OptimizerState StateOf(LossEntry entry, Optimizer optimizer)
    {
        if (!optimizers.TryGetValue(optimizer, out OptimizerState? state))
        {
            state = new OptimizerState(model.Parameters, optimizer, execution.NewSlots());
            try
            {
                execution.Expect(state.Trained(entry), optimizer, state);
                optimizers.Add(optimizer, state);
            }
            catch
            {
                state.Dispose();
                throw;
            }
        }

        return state;
    }
}
