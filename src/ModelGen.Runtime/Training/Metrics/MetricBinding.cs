using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A metric that is evaluated on a loss's batches: its inputs and dimensions are found among the loss's by name.</summary>
internal sealed class MetricBinding
{
    private readonly Model model;
    private readonly Entry metric;
    private readonly int[] inputs;
    private readonly int[] dimensions;
    private readonly int[] sizes;

    public MetricBinding(Model model, LossEntry loss, string name)
    {
        this.model = model;
        metric = model.Description.Entries.FirstOrDefault(entry => entry.Kind == EntryKind.Metric && entry.Name == name)
            ?? throw new ArgumentException($"{model.Description.Name} has no metric '{name}'.");
        inputs = Find(metric.Inputs.Select(input => input.Name), [.. loss.Inputs.Select(input => input.Name)], loss);
        dimensions = Find(metric.Dimensions, loss.Dimensions, loss);
        sizes = new int[dimensions.Length];
    }

    public string Name => metric.Name;

    public float Run(Batch batch, AlignedBuffer result)
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = batch.Sizes[dimensions[i]];
        }

        model.Execution.Run(metric, sizes, batch, inputs, result, null);
        return result.Floats[0];
    }

    private int[] Find(IEnumerable<string> wanted, ImmutableArray<string> available, LossEntry loss) =>
        [.. wanted.Select(name => available.IndexOf(name) is int index and >= 0
            ? index
            : throw new ArgumentException($"The metric '{metric.Name}' takes '{name}', which the loss '{loss.Name}' does not."))];
}
