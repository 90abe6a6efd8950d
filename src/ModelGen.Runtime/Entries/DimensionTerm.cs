using System;
using System.Collections.Immutable;

namespace ModelGen.Entries;

/// <summary>A product of a number and names: <c>2·batch·time</c>.</summary>
internal sealed record DimensionTerm(long Coefficient, ImmutableArray<string> Names)
{
    public long Evaluate(ImmutableArray<string> names, ReadOnlySpan<int> sizes)
    {
        long product = Coefficient;
        foreach (string name in Names)
        {
            int index = IndexOf(names, name);
            product = checked(product * sizes[index]);
        }

        return product;
    }

    public DimensionTerm Times(DimensionTerm other) => new(checked(Coefficient * other.Coefficient), Names.AddRange(other.Names));

    private static int IndexOf(ImmutableArray<string> names, string name)
    {
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"There is no open dimension '{name}'; there are: {string.Join(", ", names)}.");
    }
}
