using System;
using ModelGen.Entries;
using ModelGen.Gpu;

namespace ModelGen;

/// <summary>Where a model's numbers lie and its entries run.</summary>
internal abstract class ModelExecution : IDisposable
{
    /// <summary>The execution of a new model, whose parameters are zeros.</summary>
    public static ModelExecution Create(Device device, ModelDescription description, ulong seed) =>
        GpuSupport.IsSupported && device.Accelerator is GpuAccelerator accelerator
            ? new GpuExecution(accelerator, description, seed)
            : new CpuExecution(device, description, seed);

    /// <summary>The parameters as they are now, in the host's memory.</summary>
    public abstract AlignedBuffer ParametersToRead();

    /// <summary>The same, to be changed at once: see <see cref="OnParametersChanged"/>.</summary>
    public abstract AlignedBuffer ParametersToWrite();

    /// <summary>Takes note that what <see cref="ParametersToWrite"/> gave has been written.</summary>
    public abstract void OnParametersChanged();

    /// <summary>The same, for somebody outside who may change them whenever no call is running; on a device, until the next call.</summary>
    public abstract AlignedBuffer ParametersToShare();

    /// <summary>The gradients in the host's memory, to be changed by the caller until the next call.</summary>
    public abstract AlignedBuffer GradientsToWrite();

    /// <summary>Sees to it that the host has the parameters as they are now, whatever may happen to the device.</summary>
    public abstract void KeepOnHost();

    /// <summary>Replaces all parameters.</summary>
    public abstract void Replace(AlignedBuffer parameters);

    /// <summary>Memory for a state, with zeros.</summary>
    public abstract StateMemory NewState(long length);

    /// <summary>Runs an entry on the caller's memory, which has been checked.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="arguments">Its inputs and outputs, and behind them those of the state by their places in the host's memory.</param>
    /// <param name="state">The state that the call goes on from, where it does.</param>
    public abstract void Run(Entry entry, scoped in EntryArguments arguments, ModelState? state);

    /// <summary>Runs an entry on a batch, whose inputs it takes in the given order.</summary>
    public abstract void Run(
        Entry entry, ReadOnlySpan<int> sizes, Batch batch, ReadOnlySpan<int> inputs, AlignedBuffer output0, AlignedBuffer? output1);

    /// <summary>Memory for training.</summary>
    public abstract TrainingExecution NewTraining();

    public abstract void Dispose();

    /// <summary>Runs a call on a batch.</summary>
    protected static unsafe void Run<TCall>(
        TCall call, Batch batch, ReadOnlySpan<int> inputs, AlignedBuffer output0, AlignedBuffer? output1)
        where TCall : struct, IEntryCall
    {
        batch.Place(call, inputs);
        call.SetOutput(0, output0.Floats.Start);
        call.SetOutput(1, output1 is null ? null : output1.Floats.Start);
        call.Run();
        GC.KeepAlive(batch);
        GC.KeepAlive(output0);
        GC.KeepAlive(output1);
    }
}
