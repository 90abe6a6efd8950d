using System;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>Training on the processor: everything is done at once.</summary>
internal sealed class CpuTraining(CpuExecution model) : TrainingExecution
{
    private readonly Frame frame = new();
    private readonly AlignedBuffer loss = new(1);
    private readonly AlignedBuffer parameters = model.ParametersToWrite();
    private readonly AlignedBuffer gradients = model.GradientsToWrite();
    private readonly GradientNorm norm = new(model.Description.ParameterLength);
    private AlignedBuffer? latest;
    private LayerwiseUpdate? layerwise;
    private float clipScale = 1f;
    private float clipLimit = float.PositiveInfinity;

    public override int Capacity => 1;

    public override void ClearGradients() => gradients.Span(0, checked((int)gradients.Length)).Clear();

    public override void Differentiate(in TrainingCall call)
    {
        Begin(call);
        Run(call);
    }

    public override void Diagnose(in TrainingCall call, float suspect, string cause)
    {
        Begin(call);
        frame.Checking = true;
        frame.SuspectLoss = suspect;
        frame.SuspectCause = cause;
        Run(call);
    }

    public override void ReadLosses(uint first, Span<float> losses) => losses[0] = loss.Floats[0];

    public override void Resume()
    {
    }

    public override void Accumulate(in TrainedRange range, float keep, float weight)
    {
        AlignedBuffer values = latest!;
        Sum(gradients.Floats, values.Floats, range, new WeightedSum(keep, weight));
        GC.KeepAlive(values);
    }

    public override void Average(SlotMemory slots, in TrainedRange range, float keep, float weight)
    {
        Sum(((CpuSlots)slots).Slot(0), parameters.Floats, range, new WeightedSum(keep, weight));
        GC.KeepAlive(slots);
    }

    /// <summary>PyTorch's <c>clip_grad_norm_</c>, and the limit of a single gradient.</summary>
    public override void Clip(TrainedParameters trained, Optimizer optimizer)
    {
        clipLimit = optimizer.ClipValue ?? float.PositiveInfinity;
        clipScale = 1f;
        if (optimizer.ClipNorm is not float largest)
        {
            return;
        }

        double squares = 0;
        for (int position = 0; trained.Next(ref position, null, out TrainedRange range);)
        {
            squares += norm.SumOfSquares(gradients.Floats.At((nint)range.Offset), range.Count, model.Threads);
        }

        clipScale = (float)Math.Min(1.0, largest / (Math.Sqrt(squares) + 1e-6));
    }

    public override void Apply<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
    {
        var own = (CpuSlots)slots;
        nint start = (nint)offset;
        var clipped = new ClippedGradient(gradients.Floats.At(start), clipScale, clipLimit);
        Buffer<float> first = TRule.Slots > 0 ? own.Slot(0).At(start) : default;
        Buffer<float> second = TRule.Slots > 1 ? own.Slot(1).At(start) : default;
        Buffer<float> third = TRule.Slots > 2 ? own.Slot(2).At(start) : default;
        try
        {
            Launch.Elements(new UpdateKernel<TRule>(rule, parameters.Floats.At(start), clipped, first, second, third), (nint)count, model.Threads);
        }
        finally
        {
            model.OnParametersChanged();
        }

        // Kernels hold addresses only: nobody may collect the memory, not even when the model is disposed meanwhile.
        GC.KeepAlive(own);
        GC.KeepAlive(this);
    }

    public override void ApplyLayerwise<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
    {
        var own = (CpuSlots)slots;
        layerwise ??= new LayerwiseUpdate(model.Description);
        var clipped = new ClippedGradient(gradients.Floats, clipScale, clipLimit);
        try
        {
            layerwise.Run(rule, new LayerwiseMemory(parameters.Floats, clipped, own.Slot(0), own.Slot(1)), offset, count, model.Threads);
        }
        finally
        {
            model.OnParametersChanged();
        }

        GC.KeepAlive(own);
        GC.KeepAlive(this);
    }

    public override SlotMemory NewSlots() => new CpuSlots(model.Description.ParameterLength);

    public override void Dispose()
    {
    }

    private void Sum(Buffer<float> sums, Buffer<float> values, in TrainedRange range, in WeightedSum rule)
    {
        nint offset = (nint)range.Offset;
        var whole = new ClippedGradient(values.At(offset), 1f, float.PositiveInfinity);
        Launch.Elements(new UpdateKernel<WeightedSum>(rule, sums.At(offset), whole, default, default, default), (nint)range.Count, model.Threads);
        GC.KeepAlive(this);
    }

    private void Begin(in TrainingCall call)
    {
        AlignedBuffer destination = call.IsApart ? latest ??= new AlignedBuffer(gradients.Length) : gradients;
        model.Begin(frame, call.Entry, call.Batch.Sizes, destination);
        frame.Step = call.Number;
    }

    private unsafe void Run(in TrainingCall call)
    {
        var code = new CpuCall(call.Entry.Train, frame);
        call.Batch.Place(code);
        code.SetOutput(0, loss.Floats.Start);
        code.Run();
        GC.KeepAlive(call.Batch);
        frame.End();
    }

    /// <summary>Slots in the host's memory.</summary>
    private sealed class CpuSlots(long length) : SlotMemory
    {
        private readonly AlignedBuffer?[] slots = new AlignedBuffer?[Most];

        public override int Count => Array.IndexOf(slots, null) is >= 0 and int used ? used : Most;

        public Buffer<float> Slot(int index) => Memory(index).Floats;

        public override AlignedBuffer Read(int slot) => Memory(slot);

        public override void Replace(ReadOnlySpan<AlignedBuffer> values)
        {
            Array.Clear(slots);
            for (int i = 0; i < values.Length; i++)
            {
                values[i].CopyTo(Memory(i));
            }
        }

        public override void Dispose()
        {
        }

        private AlignedBuffer Memory(int index) => slots[index] ??= new AlignedBuffer(length);
    }
}
