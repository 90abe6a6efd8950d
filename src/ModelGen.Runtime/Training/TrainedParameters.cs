using System.Collections.Generic;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The parameters that a loss trains, as few ranges of the flat buffer.</summary>
internal sealed class TrainedParameters
{
    private readonly int[] indices;
    private readonly long[] offsets;
    private readonly long[] ends;

    public TrainedParameters(ModelDescription description, LossEntry entry)
    {
        offsets = [.. description.Parameters.Select(parameter => parameter.Offset)];
        ends = [.. description.Parameters.Select(parameter => parameter.Offset + Length(parameter))];
        indices = [.. Enumerable.Range(0, description.Parameters.Length).Where(i => entry.TrainsParameter(description.Parameters[i].Name))];
    }

    /// <summary>Counts an update of all of them, or takes it back.</summary>
    public void CountUpdate(long[] steps, int by = 1)
    {
        foreach (int index in indices)
        {
            steps[index] += by;
        }
    }

    /// <summary>Finds the next range: neighbours with the same number of updates. Gaps between neighbours belong to it; they hold
    /// zeros.</summary>
    /// <param name="position">Where to look; moves on.</param>
    /// <param name="steps">The numbers of updates, or null where they do not matter.</param>
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
        while (position < indices.Length && indices[position] == last + 1 && (steps is null || steps[last + 1] == steps[first]))
        {
            last++;
            position++;
        }

        range = new TrainedRange(offsets[first], ends[last] - offsets[first], steps is null ? 0 : steps[first]);
        return true;
    }

    private static long Length(ParameterDescription parameter) => Product(parameter.Repeat) * Product(parameter.Shape);

    private static long Product(IEnumerable<int> sizes) => sizes.Aggregate(1L, (product, size) => checked(product * size));
}

/// <summary>A range of the flat buffer whose parameters were all updated the same number of times.</summary>
internal readonly record struct TrainedRange(long Offset, long Count, long Step);
