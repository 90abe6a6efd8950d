using System;
using System.Globalization;

namespace ModelGen.Entries;

/// <summary>The comparison of a call's arguments with an entry's descriptions.</summary>
internal static class ArgumentCheck
{
    public static void Counts(Entry entry, int sizes, int inputs, int outputs)
    {
        if (sizes != entry.Dimensions.Length || inputs != entry.Inputs.Length || outputs != entry.Outputs.Length)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Name} takes {entry.Dimensions.Length} dimensions, {entry.Inputs.Length} inputs and {entry.Outputs.Length} outputs; "
                + $"it was given {sizes}, {inputs} and {outputs}."));
        }
    }

    public static void Sizes(Entry entry, ReadOnlySpan<int> sizes)
    {
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] < 0)
            {
                throw new ArgumentOutOfRangeException(
                    entry.Dimensions[i], sizes[i], $"{entry.Name}: the dimension '{entry.Dimensions[i]}' is negative.");
            }
        }
    }

    public static void Tensor(Entry entry, TensorDescription tensor, ReadOnlySpan<int> sizes, ElementType type, int length)
    {
        if (type != tensor.Type)
        {
            throw new ArgumentException($"{entry.Name}: '{tensor.Name}' holds {Words(tensor.Type)}, but {Words(type)} were given.", tensor.Name);
        }

        long expected = tensor.Count(entry.Dimensions, sizes);
        if (length != expected)
        {
            throw WrongLength(entry, tensor, sizes, expected, length);
        }
    }

    /// <summary>Checks that an output has memory of its own.</summary>
    public static void Apart(Entry entry, TensorDescription output, ReadOnlySpan<float> values, TensorDescription other, ReadOnlySpan<float> otherValues)
    {
        if (values.Overlaps(otherValues))
        {
            throw new ArgumentException($"{entry.Name}: '{output.Name}' lies in the memory of '{other.Name}'; an output needs memory of its own.", output.Name);
        }
    }

    private static ArgumentException WrongLength(Entry entry, TensorDescription tensor, ReadOnlySpan<int> sizes, long expected, int length) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Name}: '{tensor.Name}' is {tensor.ShapeText(entry.Dimensions, sizes)}: {expected} values, but {length} were given."),
            tensor.Name);

    private static string Words(ElementType type) => type == ElementType.Int ? "integers" : "floats";
}
