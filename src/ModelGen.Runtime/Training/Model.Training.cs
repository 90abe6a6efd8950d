using System;
using System.Threading;
using ModelGen.Entries;

namespace ModelGen;

/// <content>Training.</content>
public abstract partial class Model
{
    private TrainingState? training;

    /// <summary>Gets the number of training calls so far: a key of the random numbers of dropout.</summary>
    public uint TrainingCalls => training?.Calls ?? 0;

    /// <summary>Trains on a dataset, epoch by epoch.</summary>
    /// <remarks>
    /// On a device other than the processor, steps do not wait for each other's losses: these are read together from time to time, and when an
    /// epoch ends. What is told of a step that failed, and what it leaves, is the same.
    /// </remarks>
    /// <param name="data">The examples.</param>
    /// <param name="options">How to train.</param>
    /// <returns>What happened, step by step and epoch by epoch.</returns>
    /// <exception cref="NonFiniteException">A loss became NaN or infinite.</exception>
    /// <exception cref="DeviceLostException">The device failed; the parameters are those after the last whole epoch, or those of a later checkpoint.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; the parameters are those after the last whole step.</exception>
    /// <exception cref="ParameterFileException">There is a checkpoint, but it is damaged or another training's; the model is as it was.</exception>
    /// <exception cref="System.IO.IOException">A checkpoint cannot be written; the earlier one, if any, is as it was.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters, an average is in their place, or the schedule made a rate that is not finite.</exception>
    public History Fit(Dataset data, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        CheckEntry(options.Validation?.Entry ?? data.Entry);
        using ChangeScope scope = BeginTraining(data.Entry, out TrainingState state);
        return new Trainer(this, state, data, options).Run();
    }

    /// <summary>One training step: gradients of a batch, then an update of the parameters that the loss trains.</summary>
    /// <param name="entry">The loss.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="optimizer">How to update.</param>
    /// <returns>The batch's mean loss before the update.</returns>
    /// <exception cref="NonFiniteException">The loss is NaN or infinite; the parameters are unchanged.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters, or an average is in their place.</exception>
    public float Step(LossEntry entry, Batch batch, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(optimizer);
        using ChangeScope scope = BeginTraining(entry, out TrainingState state);
        try
        {
            state.Expect(entry, optimizer);
            state.Differentiate(entry, batch);
            state.Update(entry, optimizer, optimizer.LearningRate);
            return state.LastLoss();
        }
        catch
        {
            state.Abandon();
            throw;
        }
    }

    /// <summary>The loss and the gradients of a batch, without an update.</summary>
    /// <param name="entry">The loss.</param>
    /// <param name="batch">The examples.</param>
    /// <param name="accumulate">Whether to add the gradients to those that are there, instead of replacing them.</param>
    /// <returns>The batch's mean loss.</returns>
    /// <exception cref="NonFiniteException">The loss is NaN or infinite.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters, or an average is in their place.</exception>
    public float Gradients(LossEntry entry, Batch batch, bool accumulate = false)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using ChangeScope scope = BeginTraining(entry, out TrainingState state);
        try
        {
            if (accumulate)
            {
                state.Accumulate(entry, batch, keep: 1f, weight: 1f);
            }
            else
            {
                state.Differentiate(entry, batch);
            }

            return state.LastLoss();
        }
        catch
        {
            state.Abandon();
            throw;
        }
    }

    /// <summary>Updates the parameters that a loss trains by the gradients that are there.</summary>
    /// <param name="entry">The loss.</param>
    /// <param name="optimizer">How to update.</param>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters, or an average is in their place.</exception>
    public void Update(LossEntry entry, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        using ChangeScope scope = BeginTraining(entry, out TrainingState state);
        state.Update(entry, optimizer, optimizer.LearningRate);
    }

    /// <summary>The mean loss and the metrics of a dataset.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="batchSize">The number of examples that are worked on at once.</param>
    /// <returns>The results.</returns>
    public Evaluation Evaluate(Dataset data, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckEntry(data.Entry);
        return new Evaluator(this, data, batchSize).Run(CancellationToken.None);
    }

    /// <summary>Puts the average of an earlier training in the place of the parameters: to evaluate it, to predict with it, to save it.</summary>
    /// <param name="averaging">How that training averaged: see <see cref="FitOptions.Averaging"/>.</param>
    /// <returns>What brings the parameters back when it is disposed of. Until then they can neither be trained nor loaded.</returns>
    /// <example><code>
    /// using (model.UseAverage(averaging))
    /// {
    ///     model.Save("averaged.safetensors");
    /// }
    /// </code></example>
    /// <exception cref="ArgumentException">The model has not been trained with this averaging.</exception>
    /// <exception cref="InvalidOperationException">Another call is changing the parameters, or an average is in their place already.</exception>
    public IDisposable UseAverage(ExponentialMovingAverage averaging)
    {
        ArgumentNullException.ThrowIfNull(averaging);
        ChangeScope scope = HoldStill();
        try
        {
            TrainingState? state = training;
            AverageState average = state?.Average(averaging) ?? throw new ArgumentException($"{Description.Name} has not been trained with this averaging.", nameof(averaging));
            state.DemandParameters("another one takes it");
            return new AverageInUse(scope, state, average);
        }
        catch
        {
            scope.Dispose();
            throw;
        }
    }

    private ChangeScope BeginTraining(LossEntry entry, out TrainingState state)
    {
        CheckEntry(entry);
        ChangeScope scope = BeginChange();
        state = training ??= new TrainingState(this);
        return scope;
    }

    private void CheckEntry(LossEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (Entry own in Description.Entries)
        {
            if (ReferenceEquals(own, entry))
            {
                return;
            }
        }

        throw new ArgumentException($"The loss '{entry.Name}' is not one of {Description.Name}.", nameof(entry));
    }
}
