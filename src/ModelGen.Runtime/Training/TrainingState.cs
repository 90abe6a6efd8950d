using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>What a model has only once it is trained: a workspace, memory for accumulation and the optimizers' states.</summary>
internal sealed class TrainingState(Model model)
{
    private readonly Frame frame = new();
    private readonly AlignedBuffer loss = new(1);
    private readonly Dictionary<LossEntry, TrainedParameters> trained = [];
    private readonly ConditionalWeakTable<Optimizer, OptimizerState> optimizers = [];
    private readonly GradientNorm norm = new(model.Description.ParameterLength);
    private AlignedBuffer? latest;

    /// <summary>Gets the number of training calls so far.</summary>
    public uint Calls { get; private set; }

    /// <summary>The loss of a batch; its gradients replace the model's.</summary>
    /// <remarks>The gradients of parameters that the loss does not train are zero afterwards, not those of another loss.</remarks>
    public float Gradients(LossEntry entry, Batch batch)
    {
        if (!entry.Trained.IsDefault || entry.Trains is not null)
        {
            model.GradientMemory.Span(0, checked((int)model.Description.ParameterLength)).Clear();
        }

        return Differentiate(entry, batch, model.GradientMemory);
    }

    /// <summary>The loss of a batch; its gradients, times a weight, are added to the model's, times another.</summary>
    public float Accumulate(LossEntry entry, Batch batch, float keep, float weight)
    {
        latest ??= new AlignedBuffer(model.Description.ParameterLength);
        float result = Differentiate(entry, batch, latest);
        AlignedBuffer sum = model.GradientMemory;
        TrainedParameters parameters = Trained(entry);
        for (int position = 0; parameters.Next(ref position, null, out TrainedRange range);)
        {
            Buffer<float> destination = sum.Floats.At((nint)range.Offset);
            var addition = new WeightedSum(destination, keep, latest.Floats.At((nint)range.Offset), weight);
            Launch.Elements(addition, (nint)range.Count, model.Device.Threads);
        }

        GC.KeepAlive(sum);
        GC.KeepAlive(latest);
        return result;
    }

    /// <summary>Changes the parameters that the loss trains.</summary>
    public void Update(LossEntry entry, Optimizer optimizer, float learningRate)
    {
        TrainedParameters parameters = Trained(entry);
        OptimizerState state = StateOf(optimizer);
        AlignedBuffer values = model.ParameterMemory;
        AlignedBuffer gradients = model.GradientMemory;
        float scale = ClipScale(parameters, gradients, optimizer.ClipNorm);
        parameters.CountUpdate(state.Steps);
        for (int position = 0; parameters.Next(ref position, state.Steps, out TrainedRange range);)
        {
            nint offset = (nint)range.Offset;
            optimizer.Update(new ParameterSweep(state, range.Offset, range.Count)
            {
                Parameters = values.Floats.At(offset),
                Gradients = new ClippedGradient(gradients.Floats.At(offset), scale, optimizer.ClipValue ?? float.PositiveInfinity),
                Step = range.Step,
                LearningRate = learningRate,
                Threads = model.Device.Threads,
            });
        }

        // Kernels hold addresses only: nobody may collect the memory, not even when the model is disposed meanwhile.
        GC.KeepAlive(values);
        GC.KeepAlive(gradients);
        GC.KeepAlive(state);
    }

    private float Differentiate(LossEntry entry, Batch batch, AlignedBuffer gradients)
    {
        if (batch.Entry != entry)
        {
            throw new ArgumentException($"The batch holds examples for the loss '{batch.Entry.Name}', not for '{entry.Name}'.", nameof(batch));
        }

        if (batch.Count == 0)
        {
            throw new ArgumentException("The batch is empty: the mean loss of no examples is not defined.", nameof(batch));
        }

        Run(entry, batch, gradients, suspect: null);
        float result = loss.Floats[0];
        if (!float.IsFinite(result))
        {
            frame.SuspectCause = NonFiniteCause.Of(model, batch);
            Run(entry, batch, gradients, suspect: result);
            throw NonFiniteException.Unexplained(result, Calls + 1L, frame.SuspectCause);
        }

        Calls++;
        return result;
    }

    /// <summary>Runs the training code; again, with checks of every kernel, where the loss was suspect.</summary>
    private unsafe void Run(LossEntry entry, Batch batch, AlignedBuffer gradients, float? suspect)
    {
        frame.Begin(entry, batch.Sizes, model.ParameterMemory, gradients);
        frame.Seed = model.Seed;
        frame.Step = Calls;
        frame.Threads = model.Device.Threads;
        frame.Checking = suspect is not null;
        frame.SuspectLoss = suspect ?? 0f;
        batch.Place(frame);
        frame.SetOutput(0, loss.Floats.Start);
        entry.Train(frame);
        GC.KeepAlive(batch);
        frame.End();
    }

    /// <summary>PyTorch's <c>clip_grad_norm_</c>.</summary>
    private float ClipScale(TrainedParameters parameters, AlignedBuffer gradients, float? limit)
    {
        if (limit is not float largest)
        {
            return 1f;
        }

        double squares = 0;
        for (int position = 0; parameters.Next(ref position, null, out TrainedRange range);)
        {
            squares += norm.SumOfSquares(gradients.Floats.At((nint)range.Offset), range.Count, model.Device.Threads);
        }

        return (float)Math.Min(1.0, largest / (Math.Sqrt(squares) + 1e-6));
    }

    private TrainedParameters Trained(LossEntry entry)
    {
        if (!trained.TryGetValue(entry, out TrainedParameters? parameters))
        {
            trained.Add(entry, parameters = new TrainedParameters(model.Description, entry));
        }

        return parameters;
    }

    private OptimizerState StateOf(Optimizer optimizer)
    {
        if (!optimizers.TryGetValue(optimizer, out OptimizerState? state))
        {
            optimizers.Add(optimizer, state = new OptimizerState(optimizer, model.Description));
        }

        return state;
    }
}
