using System;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The parameters that a loss trains, as few ranges of the flat buffer.</summary>
internal sealed class TrainedParameters
{
    private readonly int[] indices;
    private readonly long[] offsets;
    private readonly long[] ends;
    private readonly ParameterGroup?[] groups;

    /// <summary>Initializes a new instance of the <see cref="TrainedParameters"/> class.</summary>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="entry">The loss.</param>
    /// <param name="groups">The group of each parameter.</param>
    /// <exception cref="ArgumentException">All are frozen.</exception>
    public TrainedParameters(ParameterCollection parameters, LossEntry entry, ParameterGroup?[] groups)
    {
        this.groups = groups;
        offsets = [.. parameters.Select(parameter => parameter.Offset)];
        ends = [.. parameters.Select(parameter => parameter.Offset + parameter.Length)];
        int[] trained = [.. Enumerable.Range(0, parameters.Count).Where(i => entry.TrainsParameter(parameters[i].Description.Name))];
        indices = [.. trained.Where(i => groups[i] is not { IsFrozen: true })];
        if (indices.Length == 0 && trained.Length > 0)
        {
            throw new ArgumentException($"The optimizer's groups freeze all parameters that the loss '{entry.Name}' trains: {string.Join(", ", trained.Select(i => parameters[i].Name))}.");
        }
    }

    /// <summary>Counts an update of those between two positions, or takes it back.</summary>
    public void CountUpdate(long[] steps, int from, int to, int by = 1)
    {
        foreach (int index in indices.AsSpan(from, to - from))
        {
            steps[index] += by;
        }
    }

    /// <summary>Finds the next range: neighbours of one group with the same number of updates. Gaps between neighbours belong to it; they hold
    /// zeros.</summary>
    /// <param name="position">Where to look; moves on.</param>
    /// <param name="steps">The numbers of updates, or null where neither they nor groups matter.</param>
    /// <param name="range">The range.</param>
    /// <returns>False at the end.</returns>
    public bool Next(ref int position, long[]? steps, out TrainedRange range)
    {
        if (position == indices.Length)
        {
            range = default;
            return false;
        }

        int first = indices[position];
        int last = first;
        position++;
        while (position < indices.Length && indices[position] == last + 1 && (steps is null || IsAlike(first, last + 1, steps)))
        {
            last++;
            position++;
        }

        range = new TrainedRange(offsets[first], ends[last] - offsets[first], steps is null ? 0 : steps[first], groups[first]);
        return true;
    }

    private bool IsAlike(int a, int b, long[] steps) => steps[a] == steps[b] && groups[a] == groups[b];
}

/// <summary>A range of the flat buffer whose parameters were all updated the same number of times and belong to one group, or to none.</summary>
internal readonly record struct TrainedRange(long Offset, long Count, long Step, ParameterGroup? Group);
