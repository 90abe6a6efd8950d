using System;
using System.Collections.Generic;
using ModelGen.Entries;

namespace ModelGen.Gpu;

/// <summary>Training on a device: work is started in order, and nobody waits for it but who reads losses.</summary>
internal sealed class GpuTraining : TrainingExecution
{
    private const int MostUnread = 64;
    private readonly GpuExecution model;
    private readonly GpuAccelerator accelerator;
    private readonly GpuMemory status;
    private readonly GpuNorm norm;
    private readonly float[] statusOnHost = new float[GpuTrainingStatus.FirstLoss + MostUnread];

    // Kernels that will follow the next call and that the device may not have: they are compiled together with the call's own.
    private readonly List<GpuKernel> following = [];
    private bool isRecording;
    private GpuMemory? latest;
    private GpuLayerwise? layerwise;
    private int lastLoss = GpuTrainingStatus.FirstLoss;
    private bool isScaled;
    private float clipLimit = float.PositiveInfinity;

    public GpuTraining(GpuExecution model)
    {
        this.model = model;
        accelerator = model.Accelerator;
        status = NewMemory(statusOnHost.Length, "the losses");
        norm = new GpuNorm(accelerator);
    }

    public override int Capacity => MostUnread;

    private GpuTrainingStatus Status => new(status.Floats, lastLoss);

    /// <summary>Lists the kernels of an update: it runs as it will run later, but starts nothing.</summary>
    public override void Expect(TrainedParameters trained, Optimizer optimizer, OptimizerState state)
    {
        isRecording = true;
        try
        {
            if (optimizer.ClipNorm is not null)
            {
                following.AddRange(GpuNorm.Kernels);
            }

            for (int position = 0; trained.Next(ref position, state.Steps, out TrainedRange range);)
            {
                optimizer.Update(new ParameterSweep(this, state.Slots, range with { Step = range.Step + 1 }, optimizer, optimizer.LearningRate));
            }
        }
        finally
        {
            isRecording = false;
        }
    }

    public override void ClearGradients()
    {
        lock (accelerator.Gate)
        {
            model.Gradients.ToOverwrite().Clear();
        }
    }

    public override void Differentiate(in TrainingCall call) => Run(call, isSuspect: false, 0f, string.Empty);

    public override void Diagnose(in TrainingCall call, float loss, string cause) => Run(call, isSuspect: true, loss, cause);

    public override void ReadLosses(uint first, Span<float> losses)
    {
        status.Download(statusOnHost);
        for (int i = 0; i < losses.Length; i++)
        {
            losses[i] = statusOnHost[LossOf(first + (uint)i)];
        }
    }

    public override void Resume() => status.Clear();

    public override void DemandDevice()
    {
        lock (accelerator.Gate)
        {
            accelerator.ThrowIfLost();
        }
    }

    public override void Accumulate(in TrainedRange range, float keep, float weight)
    {
        lock (accelerator.Gate)
        {
            Sweep(new WeightedSum(keep, weight), range.Offset, range.Count, model.Gradients.ToChange().Floats, new GpuUpdateMemory
            {
                Gradients = latest!.Floats.At(range.Offset),
                Limit = float.PositiveInfinity,
            });
        }
    }

    public override void ExpectAverage() => accelerator.Prepare([GpuUpdate<WeightedSum>.Kernel, GpuUpdate<Exchanged>.Kernel], $"{model.Description.Name}'s average");

    public override void Average(SlotMemory slots, in TrainedRange range, float keep, float weight)
    {
        lock (accelerator.Gate)
        {
            Sweep(new WeightedSum(keep, weight), range.Offset, range.Count, ((GpuSlots)slots).Slot(0), new GpuUpdateMemory
            {
                Gradients = model.Parameters.OnDevice().Floats.At(range.Offset),
                Limit = float.PositiveInfinity,
            });
        }
    }

    public override void Clip(TrainedParameters trained, Optimizer optimizer)
    {
        if (following.Count > 0)
        {
            accelerator.Prepare(following, $"{model.Description.Name}'s update");
            following.Clear();
        }

        clipLimit = optimizer.ClipValue ?? float.PositiveInfinity;
        isScaled = optimizer.ClipNorm is not null;
        if (optimizer.ClipNorm is float largest)
        {
            lock (accelerator.Gate)
            {
                norm.Clip(trained, model.Gradients.OnDevice(), largest, Status);
            }
        }
    }

    public override void Apply<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
    {
        if (isRecording)
        {
            _ = GpuRule.Of(rule);
            following.Add(GpuUpdate<TRule>.Kernel);
            return;
        }

        lock (accelerator.Gate)
        {
            var own = (GpuSlots)slots;
            Sweep(rule, offset, count, model.Parameters.ToChange().Floats, new GpuUpdateMemory
            {
                Gradients = model.Gradients.OnDevice().Floats.At(offset),
                First = TRule.Slots > 0 ? own.Slot(0).At(offset) : default,
                Second = TRule.Slots > 1 ? own.Slot(1).At(offset) : default,
                Third = TRule.Slots > 2 ? own.Slot(2).At(offset) : default,
                IsScaled = isScaled ? 1 : 0,
                Limit = clipLimit,
            });
        }
    }

    public override void ApplyLayerwise<TRule>(in TRule rule, SlotMemory slots, long offset, long count)
    {
        if (isRecording)
        {
            following.AddRange(GpuLayerwise.Kernels<TRule>());
            return;
        }

        lock (accelerator.Gate)
        {
            var own = (GpuSlots)slots;
            layerwise ??= new GpuLayerwise(accelerator, model.Description);
            layerwise.Run(
                rule,
                new GpuUpdateMemory
                {
                    Status = Status,
                    Parameters = model.Parameters.ToChange().Floats,
                    Gradients = model.Gradients.OnDevice().Floats,
                    First = own.Slot(0),
                    Second = own.Slot(1),
                    IsScaled = isScaled ? 1 : 0,
                    Limit = clipLimit,
                },
                offset,
                count);
        }
    }

    public override SlotMemory NewSlots() => new GpuSlots(this);

    public override void Dispose()
    {
        lock (accelerator.Gate)
        {
            status.Dispose();
            latest?.Dispose();
            layerwise?.Dispose();
            norm.Dispose();
        }
    }

    private static int LossOf(uint call) => GpuTrainingStatus.FirstLoss + (int)(call % MostUnread);

    private void Run(in TrainingCall call, bool isSuspect, float loss, string cause)
    {
        GpuEntryCode code = model.CodeOf(call.Entry, call.Entry.TrainOnGpu);
        lock (accelerator.Gate)
        {
            GpuFrame frame = model.Begin(call.Entry, call.Batch.Sizes);
            try
            {
                frame.SetGradients(call.IsApart ? LatestGradients() : model.Gradients.ToOverwrite());
                frame.Step = call.Number;

                // Trainers keep a batch until its loss has been read.
                frame.InputsStay = true;
                frame.Checking = isSuspect;
                frame.SuspectLoss = loss;
                frame.SuspectCause = cause;
                call.Batch.Place(new GpuCall(code, frame));
                lastLoss = LossOf(call.Number);
                frame.SetOutput(0, status, lastLoss);
                frame.Run(code, following);
                following.Clear();
                GC.KeepAlive(call.Batch);
            }
            finally
            {
                frame.End();
            }
        }
    }

    /// <summary>Memory for the gradients of single calls, which are added up by a kernel that nobody else needs.</summary>
    private GpuMemory LatestGradients()
    {
        if (latest is null)
        {
            latest = NewMemory(model.Description.ParameterLength, "gradients");
            following.Add(GpuUpdate<WeightedSum>.Kernel);
        }

        return latest;
    }

    private void Sweep<TRule>(in TRule rule, long offset, long count, GpuBuffer<float> values, GpuUpdateMemory memory)
        where TRule : struct, IUpdateRule
    {
        int elements = GpuGrid.Checked(count, model.Description.Name);
        memory = memory with { Status = Status, Parameters = values.At(offset), Count = elements };
        int groups = GpuGrid.OfElements(elements, accelerator.Capabilities);
        accelerator.Launch(GpuUpdate<TRule>.Kernel, groups, 1, GpuGrid.Threads, new(GpuRule.Of(rule), memory));
    }

    private GpuMemory NewMemory(long length, string what)
    {
        GpuMemory memory = accelerator.Allocate(length, $"{what} of {model.Description.Name}");
        memory.Clear();
        return memory;
    }

    /// <summary>Slots in the device's memory.</summary>
    private sealed class GpuSlots(GpuTraining training) : SlotMemory
    {
        private readonly GpuMemory?[] slots = new GpuMemory?[Most];

        public override int Count => Array.IndexOf(slots, null) is >= 0 and int used ? used : Most;

        public GpuBuffer<float> Slot(int index) => Memory(index).Floats;

        public override AlignedBuffer Read(int slot)
        {
            lock (training.accelerator.Gate)
            {
                GpuMemory memory = Memory(slot);
                var values = new AlignedBuffer(memory.Length);
                GpuMirror.Download(memory, values);
                return values;
            }
        }

        public override void Replace(ReadOnlySpan<AlignedBuffer> values)
        {
            lock (training.accelerator.Gate)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    GpuMirror.Upload(values[i], Memory(i));
                }

                for (int i = values.Length; i < Most; i++)
                {
                    slots[i]?.Dispose();
                    slots[i] = null;
                }
            }
        }

        public override void Dispose()
        {
            foreach (GpuMemory? slot in slots)
            {
                slot?.Dispose();
            }
        }

        private GpuMemory Memory(int index) => slots[index] ??= training.NewMemory(training.model.Description.ParameterLength, "optimizer state");
    }
}
