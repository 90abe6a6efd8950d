using System.Collections.Generic;
using System.Linq;
using ModelGen.Benchmarks.Sides;
using ModelGen.Entries;

namespace ModelGen.Benchmarks.Works;

/// <summary>The code of an entry by itself, its one input and its first output in memory of ours. The first parameter that a loss trains holds the values; another one is the gradient from above.</summary>
internal sealed unsafe class EntryWork : IWork
{
    private readonly EntryCode code;
    private readonly CpuExecution execution;
    private readonly AlignedBuffer input;
    private readonly AlignedBuffer output;
    private readonly AlignedBuffer? gradients;
    private readonly Entry entry;
    private readonly Model model;
    private readonly Frame frame = new();
    private readonly int[] sizes;
    private readonly int threads;

    public EntryWork(Model model, Entry entry, int threads, params int[] sizes)
    {
        (this.model, this.entry, this.threads, this.sizes) = (model, entry, threads, sizes);
        code = entry is LossEntry loss ? loss.Train : entry.Run;
        execution = (CpuExecution)model.Execution;
        input = new AlignedBuffer(entry.Inputs[0].Count(entry.Dimensions, sizes));
        output = new AlignedBuffer(entry.Outputs.IsEmpty ? 1 : entry.Outputs[0].Count(entry.Dimensions, sizes));
        gradients = entry is LossEntry ? execution.GradientsToWrite() : null;
        Inputs.Fill(input.Span(0, (int)input.Length), seed: 1);
        if (gradients is not null)
        {
            Inputs.Fill(Trained().First().Values, seed: 1);
            Inputs.Fill(model.Parameters["Above"].Values, seed: 2);
        }
    }

    public float[] Result()
    {
        Run();
        return gradients is null
            ? Inputs.Sample(output.Span(0, (int)output.Length))
            : [.. Trained().SelectMany(parameter => Inputs.Sample(parameter.Gradient))];
    }

    public void Run()
    {
        execution.Begin(frame, entry, sizes, gradients);
        frame.Threads = threads;
        frame.SetInput(0, input.Floats.Start);
        frame.SetOutput(0, output.Floats.Start);
        code(frame);
    }

    public void Dispose() => model.Dispose();

    /// <summary>The values, and what a layer has of its own behind them.</summary>
    private IEnumerable<Parameter> Trained() => model.Parameters.Where(parameter => ((LossEntry)entry).TrainsParameter(parameter.Name));
}
