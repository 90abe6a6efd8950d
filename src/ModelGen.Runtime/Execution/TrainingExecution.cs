using System;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>What a model needs only once it is trained, where its numbers lie: gradients, losses, and kernels that change parameters.</summary>
/// <remarks>
/// Work is given in order and may be done later. A training call whose loss is not finite leaves parameters, sums of gradients and optimizer
/// states as they were, and so does all that was given after it, until <see cref="Resume"/>.
/// </remarks>
internal abstract class TrainingExecution : IDisposable
{
    /// <summary>Gets the number of training calls whose losses may be unread. 1: a call's loss must be read before its gradients are used.</summary>
    public abstract int Capacity { get; }

    /// <summary>Says which optimizer will follow, before its first update: what that needs is made ready together with the next call.</summary>
    /// <param name="trained">The parameters that it will change.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="state">Its memory.</param>
    /// <exception cref="NotSupportedException">Its rule cannot run here.</exception>
    public virtual void Expect(TrainedParameters trained, Optimizer optimizer, OptimizerState state)
    {
    }

    /// <summary>Sets all gradients to zero.</summary>
    public abstract void ClearGradients();

    /// <summary>Computes a batch's loss and gradients.</summary>
    public abstract void Differentiate(in TrainingCall call);

    /// <summary>The same once more, looking at every kernel's output.</summary>
    /// <param name="call">What to compute.</param>
    /// <param name="loss">The loss that is not finite.</param>
    /// <param name="cause">What was not finite before the first kernel, as a sentence; empty for nothing.</param>
    /// <exception cref="NonFiniteException">A kernel's output is not finite.</exception>
    public abstract void Diagnose(in TrainingCall call, float loss, string cause);

    /// <summary>Waits for calls and reads their losses.</summary>
    /// <param name="first">The number of the first call.</param>
    /// <param name="losses">Receives its loss and those of the calls after it, the last one included.</param>
    public abstract void ReadLosses(uint first, Span<float> losses);

    /// <summary>Lets work be done again after a loss that was not finite.</summary>
    public abstract void Resume();

    /// <summary>Makes sure that what was read so far is what the device had.</summary>
    /// <exception cref="DeviceLostException">The device is lost: the host may have parameters of an earlier moment.</exception>
    public virtual void DemandDevice()
    {
    }

    /// <summary><c>gradients = keep · gradients + weight · those of the last call</c> in a range.</summary>
    public abstract void Accumulate(in TrainedRange range, float keep, float weight);

    /// <summary>Sees to it that gradients are clipped as they are read.</summary>
    /// <param name="trained">The parameters whose gradients are meant.</param>
    /// <param name="optimizer">How they are clipped.</param>
    public abstract void Clip(TrainedParameters trained, Optimizer optimizer);

    /// <summary>Changes a range of parameters.</summary>
    public abstract void Apply<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
        where TRule : struct, IUpdateRule;

    /// <summary>The same where steps depend on the norms of tensors.</summary>
    public abstract void ApplyLayerwise<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
        where TRule : struct, ILayerwiseRule;

    /// <summary><c>average = keep · average + weight · parameters</c> in a range of the first slot.</summary>
    public abstract void Average(SlotMemory slots, in TrainedRange range, float keep, float weight);

    /// <summary>Says that parameters will be averaged, before they are.</summary>
    public virtual void ExpectAverage()
    {
    }

    /// <summary>Memory for what is remembered of parameters.</summary>
    public abstract SlotMemory NewSlots();

    public abstract void Dispose();
}

/// <summary>A training call.</summary>
/// <param name="Entry">The loss.</param>
/// <param name="Batch">The examples, which stay as they are until the call's loss has been read.</param>
/// <param name="Number">The number of training calls before it.</param>
/// <param name="IsApart">Whether the gradients go to memory of their own, to be added to the model's, instead of replacing them.</param>
internal readonly record struct TrainingCall(LossEntry Entry, Batch Batch, uint Number, bool IsApart);
