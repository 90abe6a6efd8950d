using System;
using System.Globalization;
using System.Text;
using ModelGen.Reference;

namespace ModelGen;

/// <summary>Tensors as text for people: <c>float [2, 3]</c>, then nested lists with a line per row.</summary>
internal static class TensorText
{
    /// <summary>Longer axes show only their ends.</summary>
    private const int LongestAxis = 8;

    private const int ShownEnd = 3;

    public static string Of<T>(string type, NdArray<T> array)
        where T : IFormattable
    {
        var text = new StringBuilder($"{type} {Shapes.Text(array.Shape)}");
        text.Append(array.Rank > 1 ? '\n' : ' ');
        Append(text, array, []);
        return text.ToString();
    }

    public static T Only<T>(NdArray<T> array) => array.Values.Length == 1
        ? array.Values[0]
        : throw new InvalidOperationException($"Item() needs a single element, but the shape is {Shapes.Text(array.Shape)}.");

    private static void Append<T>(StringBuilder text, NdArray<T> array, int[] position)
        where T : IFormattable
    {
        if (position.Length == array.Rank)
        {
            text.Append(array[position].ToString("G6", CultureInfo.InvariantCulture));
            return;
        }

        bool isRow = position.Length == array.Rank - 1;
        string separator = isRow ? ", " : ",\n" + new string(' ', position.Length + 1);
        text.Append('[');
        AppendItems(text, array, position, separator);
        text.Append(']');
    }

    private static void AppendItems<T>(StringBuilder text, NdArray<T> array, int[] position, string separator)
        where T : IFormattable
    {
        int size = array.Shape[position.Length];
        for (int i = 0; i < size; i++)
        {
            if (i > 0) text.Append(separator);
            if (size > LongestAxis && i == ShownEnd)
            {
                text.Append('…').Append(separator);
                i = size - ShownEnd;
            }

            Append(text, array, [.. position, i]);
        }
    }
}
