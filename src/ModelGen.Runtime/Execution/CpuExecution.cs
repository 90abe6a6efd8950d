using System;
using System.Threading;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A model in the host's memory, on the processor.</summary>
internal sealed class CpuExecution : ModelExecution
{
    private readonly FramePool frames = new();
    private readonly Lock gate = new();
    private readonly AlignedBuffer parameters;
    private readonly ConstantFactors constants;
    private AlignedBuffer? gradients;

    public CpuExecution(Device device, ModelDescription description, ulong seed)
    {
        (Description, Seed, Threads) = (description, seed, device.Threads);
        parameters = new AlignedBuffer(description.ParameterLength);
        constants = new ConstantFactors(parameters);
    }

    public ModelDescription Description { get; }

    public ulong Seed { get; }

    public int Threads { get; }

    public override AlignedBuffer ParametersToRead() => parameters;

    public override AlignedBuffer ParametersToWrite() => parameters;

    public override void OnParametersChanged() => constants.Forget();

    public override AlignedBuffer ParametersToShare()
    {
        constants.GiveUp();
        return parameters;
    }

    public override AlignedBuffer GradientsToWrite()
    {
        lock (gate)
        {
            return gradients ??= new AlignedBuffer(parameters.Length);
        }
    }

    public override void KeepOnHost()
    {
    }

    public override void Replace(AlignedBuffer values)
    {
        values.CopyTo(parameters);
        OnParametersChanged();
    }

    public override StateMemory NewState(long length) => new HostState(length);

    public override void Run(Entry entry, scoped in EntryArguments arguments, ModelState? state)
    {
        Frame frame = Rent(entry, arguments.Sizes);
        try
        {
            arguments.Run(new CpuCall(entry.Run, frame));
        }
        finally
        {
            frames.Return(frame);
        }
    }

    public override void Run(
        Entry entry, ReadOnlySpan<int> sizes, Batch batch, ReadOnlySpan<int> inputs, AlignedBuffer output0, AlignedBuffer? output1)
    {
        Frame frame = Rent(entry, sizes);
        try
        {
            Run(new CpuCall(entry.Run, frame), batch, inputs, output0, output1);
        }
        finally
        {
            frames.Return(frame);
        }
    }

    public override TrainingExecution NewTraining() => new CpuTraining(this);

    /// <summary>Lets go of the workspaces. The rest goes with the last call that is running.</summary>
    public override void Dispose() => frames.Clear();

    public void Begin(Frame frame, Entry entry, ReadOnlySpan<int> sizes, AlignedBuffer? frameGradients)
    {
        frame.Begin(entry, sizes, parameters, frameGradients);
        frame.Seed = Seed;
        frame.Step = 0;
        frame.Threads = Threads;
    }

    private Frame Rent(Entry entry, ReadOnlySpan<int> sizes)
    {
        Frame frame = frames.Rent();
        Begin(frame, entry, sizes, null);
        frame.ConstantFactors = constants;
        return frame;
    }
}
