using System;
using System.Threading;

namespace ModelGen;

/// <summary>How to train.</summary>
public sealed class FitOptions
{
    /// <summary>Gets the number of passes over the data.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Gets the number of examples of which one gradient is computed. The last batch of an epoch holds what is left.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Gets the number of batches whose gradients are averaged, weighted by their examples, before each update.</summary>
    public int AccumulationSteps { get; init; } = 1;

    /// <summary>Gets the number of updates after which training ends, whatever <see cref="Epochs"/> says. Null: no limit.</summary>
    public long? MaxSteps { get; init; }

    /// <summary>Gets a value indicating whether every epoch has a random order of its own.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>Gets the key of the random orders. Null: the model's seed.</summary>
    public ulong? ShuffleSeed { get; init; }

    /// <summary>Gets how gradients change parameters.</summary>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>Gets how the learning rate changes.</summary>
    public ISchedule Schedule { get; init; } = new ConstantSchedule();

    /// <summary>Gets how parameters are averaged over training. Null: they are not.</summary>
    public ExponentialMovingAverage? Averaging { get; init; }

    /// <summary>Gets the examples that are evaluated after every epoch. Null: none.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>Gets the number of validation examples that are worked on at once. Null: as many as <see cref="BatchSize"/>.</summary>
    public int? ValidationBatchSize { get; init; }

    /// <summary>Gets when to end before the last epoch. Null: never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Gets where training writes down how to go on, should it be interrupted, and whether it goes on from there. Null: nowhere.</summary>
    public Checkpoints? Checkpoints { get; init; }

    /// <summary>Gets who is told after every step and epoch; a line on the console unless said otherwise. Null: nobody.</summary>
    /// <remarks>On a device other than the processor, a listener of one's own makes every step wait for its loss, which costs time where steps are
    /// short; <see cref="ConsoleProgress"/> does so only when it writes.</remarks>
    public IProgress<TrainingProgress>? Progress { get; init; } = new ConsoleProgress();

    /// <summary>Gets the record to write to; the epochs and steps of an earlier training are continued. Null: a new one.</summary>
    /// <remarks>
    /// With the same optimizer, two trainings of n epochs with one history equal one training of 2·n epochs, bit for bit. It is not so where the first
    /// one's end is an end: where it leaves other parameters than the last step's (<see cref="Averaging"/> whose
    /// <see cref="ExponentialMovingAverage.UseAtEnd"/> is true, <see cref="EarlyStopping"/>, which also begins anew to look for the best epoch), where
    /// <see cref="MaxSteps"/> ends it within an epoch, and where the schedule is one that ends with training, such as a <see cref="CosineSchedule"/> or
    /// <see cref="OneCycleSchedule"/> without a length. <see cref="Checkpoints"/> have no such exceptions.
    /// <para>Where training is resumed from a checkpoint, this becomes the checkpoint's history. It must be empty, or hold the same steps as far as both go.</para>
    /// </remarks>
    public History? History { get; init; }

    /// <summary>Gets the means to end training after the step that is running.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Epochs);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(AccumulationSteps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ValidationBatchSize ?? 1, 1, nameof(ValidationBatchSize));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxSteps ?? 0, nameof(MaxSteps));
        ArgumentNullException.ThrowIfNull(Optimizer);
        ArgumentNullException.ThrowIfNull(Schedule);
        Schedule.Check(this);
        EarlyStopping?.Check(this);
        Checkpoints?.Check();
    }
}
