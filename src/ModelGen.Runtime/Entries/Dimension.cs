using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace ModelGen.Entries;

/// <summary>A dimension: a number, an open dimension's name, or a polynomial of names such as <c>2*time+1</c>.</summary>
public sealed class Dimension
{
    private readonly ImmutableArray<DimensionTerm> terms;
    private readonly string text;

    /// <summary>The size of a dimension that is a number, which most are; else negative.</summary>
    private readonly int number = -1;

    internal Dimension(string text, ImmutableArray<DimensionTerm> terms)
    {
        this.text = text;
        this.terms = terms;
        if (terms.All(term => term.Names.IsEmpty))
        {
            number = Sum([], []);
        }
    }

    /// <summary>Gets the open dimension that this dimension is, or null where it is a number or an expression.</summary>
    public string? Name => terms is [{ Coefficient: 1, Names: [string name] }] ? name : null;

    /// <summary>Reads a dimension: numbers and names joined by <c>+</c>, <c>-</c>, <c>*</c> and parentheses.</summary>
    /// <param name="text">The dimension in the user's words.</param>
    /// <returns>The dimension.</returns>
    /// <exception cref="FormatException">The text is not a polynomial of names.</exception>
    /// <exception cref="OverflowException">The text is a number that no size has.</exception>
    public static Dimension Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Dimension(text, new DimensionParser(text).Parse());
    }

    /// <summary>The dimension's size.</summary>
    /// <param name="names">The entry's open dimensions.</param>
    /// <param name="sizes">Their sizes, in the same order.</param>
    /// <returns>The size.</returns>
    /// <exception cref="ArgumentException">The dimension uses a name that is not among <paramref name="names"/>.</exception>
    /// <exception cref="OverflowException">The size is negative or exceeds <see cref="int.MaxValue"/>.</exception>
    public int Evaluate(ImmutableArray<string> names, ReadOnlySpan<int> sizes) => number >= 0 ? number : Sum(names, sizes);

    /// <summary>The dimension in the user's words.</summary>
    /// <returns>The text that was read.</returns>
    public override string ToString() => text;

    private int Sum(ImmutableArray<string> names, ReadOnlySpan<int> sizes)
    {
        long sum = 0;
        foreach (DimensionTerm term in terms)
        {
            sum = checked(sum + term.Evaluate(names, sizes));
        }

        return sum is >= 0 and <= int.MaxValue
            ? (int)sum
            : throw new OverflowException(string.Create(CultureInfo.InvariantCulture, $"The dimension '{text}' would be {sum}."));
    }
}
