using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace ModelGen.Entries;

/// <summary>An input or output of an entry.</summary>
/// <param name="Name">The name in the user's words.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Dimensions">Its shape; none for a single number.</param>
public sealed record TensorDescription(string Name, ElementType Type, ImmutableArray<Dimension> Dimensions)
{
    /// <summary>The number of elements.</summary>
    /// <param name="names">The entry's open dimensions.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <returns>The product of the dimensions.</returns>
    public long Count(ImmutableArray<string> names, ReadOnlySpan<int> sizes)
    {
        long count = 1;
        foreach (Dimension dimension in Dimensions)
        {
            count = checked(count * dimension.Evaluate(names, sizes));
        }

        return count;
    }

    /// <summary>The shape in words and numbers: <c>[batch, 784] = [32, 784]</c>.</summary>
    /// <param name="names">The entry's open dimensions.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <returns>The text.</returns>
    public string ShapeText(ImmutableArray<string> names, ReadOnlySpan<int> sizes)
    {
        string[] numbers = new string[Dimensions.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = Dimensions[i].Evaluate(names, sizes).ToString(CultureInfo.InvariantCulture);
        }

        string inWords = $"[{string.Join(", ", Dimensions.Select(dimension => dimension.ToString()))}]";
        string inNumbers = $"[{string.Join(", ", numbers)}]";
        return inWords == inNumbers ? inNumbers : $"{inWords} = {inNumbers}";
    }
}
