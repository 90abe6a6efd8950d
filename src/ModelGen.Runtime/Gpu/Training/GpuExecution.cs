using System;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <summary>A model on a device. Calls take turns: each holds the device's gate.</summary>
internal sealed class GpuExecution : ModelExecution
{
    private readonly GpuMirror parameters;
    private readonly GpuFrame frame;
    private GpuMirror? gradients;

    public GpuExecution(GpuAccelerator accelerator, ModelDescription description, ulong seed)
    {
        (Accelerator, Description, Seed) = (accelerator, description, seed);
        parameters = new GpuMirror(accelerator, description.ParameterLength, $"the parameters of {description.Name}");
        frame = new GpuFrame(accelerator);
    }

    public GpuAccelerator Accelerator { get; }

    public ModelDescription Description { get; }

    public ulong Seed { get; }

    /// <summary>Gets the parameters. Whoever takes their memory holds the gate.</summary>
    public GpuMirror Parameters => parameters;

    /// <summary>Gets the gradients, which a model that is never trained does not have.</summary>
    public GpuMirror Gradients
    {
        get
        {
            lock (Accelerator.Gate)
            {
                return gradients ??= new GpuMirror(Accelerator, Description.ParameterLength, $"the gradients of {Description.Name}");
            }
        }
    }

    public override AlignedBuffer ParametersToRead() => parameters.Read();

    public override AlignedBuffer ParametersToWrite() => parameters.Write();

    public override void OnParametersChanged()
    {
    }

    public override AlignedBuffer ParametersToShare() => parameters.Write();

    public override AlignedBuffer GradientsToWrite() => Gradients.Write();

    public override void KeepOnHost() => parameters.Read();

    public override void Replace(AlignedBuffer values) => parameters.Replace(values);

    public override StateMemory NewState(long length) => new GpuState(Accelerator, length);

    public override void Run(Entry entry, scoped in EntryArguments arguments, ModelState? state)
    {
        GpuEntryCode code = CodeOf(entry, entry.RunOnGpu);
        lock (Accelerator.Gate)
        {
            GpuFrame call = Begin(entry, arguments.Sizes);
            try
            {
                arguments.Run(new GpuCall(code, call, state));
            }
            finally
            {
                call.End();
            }
        }
    }

    public override void Run(
        Entry entry, ReadOnlySpan<int> sizes, Batch batch, ReadOnlySpan<int> inputs, AlignedBuffer output0, AlignedBuffer? output1)
    {
        GpuEntryCode code = CodeOf(entry, entry.RunOnGpu);
        lock (Accelerator.Gate)
        {
            GpuFrame call = Begin(entry, sizes);
            try
            {
                Run(new GpuCall(code, call), batch, inputs, output0, output1);
            }
            finally
            {
                call.End();
            }
        }
    }

    public override TrainingExecution NewTraining() => new GpuTraining(this);

    public override void Dispose()
    {
        lock (Accelerator.Gate)
        {
            frame.ThrowIfRunning();
            parameters.Dispose();
            gradients?.Dispose();
            frame.Release();
        }
    }

    /// <summary>Begins a call, whose caller holds the gate, until its end.</summary>
    public GpuFrame Begin(Entry entry, ReadOnlySpan<int> sizes)
    {
        frame.Begin(entry, sizes, parameters.OnDevice(), null);
        frame.Seed = Seed;
        frame.Step = 0;
        return frame;
    }

    public GpuEntryCode CodeOf(Entry entry, GpuEntryCode? code) => code
        ?? throw new NotSupportedException($"{Description.Name}.{entry.Name} was built without code for devices: use {nameof(Device)}.{nameof(Device.Cpu)}.");
}
