using System;
using System.Linq;
using ModelGen.Benchmarks.Sides;
using ModelGen.Entries;

namespace ModelGen.Benchmarks.Works;

/// <summary>Training steps with Adam on one batch; the result is the losses of the first twenty.</summary>
internal sealed class StepWork : IWork
{
    private const int ResultSteps = 20;
    private readonly Model model;
    private readonly LossEntry entry;
    private readonly Batch batch;
    private readonly Adam optimizer = new(1e-3f);

    public StepWork(Model model, LossEntry entry, Dataset examples)
    {
        (this.model, this.entry) = (model, entry);
        Fill(model);
        batch = examples.NewBatch(examples.Count);
        examples.Fill(batch, [.. Enumerable.Range(0, examples.Count)]);
    }

    /// <summary>Gives every parameter the values that all sides begin with: uniform within 1/√(width of the layer's input).</summary>
    public static void Fill(Model model)
    {
        int seed = 10, width = 1;
        foreach (Parameter parameter in model.Parameters)
        {
            width = parameter.Shape.Length == 2 ? parameter.Shape[1] : width;
            parameter.SetValues(Inputs.Uniform(parameter.Length, seed++, 1f / MathF.Sqrt(width)));
        }
    }

    public float[] Result() => [.. Enumerable.Range(0, ResultSteps).Select(_ => model.Step(entry, batch, optimizer))];

    public void Run() => model.Step(entry, batch, optimizer);

    public void Dispose() => model.Dispose();
}
