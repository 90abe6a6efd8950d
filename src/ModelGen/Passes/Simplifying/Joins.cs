using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Simplifying;

/// <summary>Algebra of values that are joined of parts.</summary>
internal static class Joins
{
    /// <summary>
    /// The sum of two joined values of which one is zero wherever the other is not: their parts side by side. Such sums are the gradients of a value that is cut into
    /// pieces. Null where they are no such sum.
    /// </summary>
    /// <example><code>
    /// Add (ConcatAlong a 0) (ConcatAlong 0 b)   →   ConcatAlong a b
    /// </code></example>
    public static Node? Sum(GraphBuilder builder, Node a, Node b)
    {
        if (a.Op is not ConcatAlong || b.Op is not ConcatAlong || a.Attributes.Get<int>("axis") != b.Attributes.Get<int>("axis") || a.Shape != b.Shape)
        {
            return null;
        }

        int axis = a.Attributes.Get<int>("axis");
        if (Parts(a, axis) is not { } left || Parts(b, axis) is not { } right)
        {
            return null;
        }

        long[] cuts = [.. left.Concat(right).SelectMany(part => new[] { part.Start, part.End }).Distinct().OrderBy(cut => cut)];
        List<Node> parts = [];
        for (int index = 1; index < cuts.Length; index++)
        {
            if (Piece(builder, left, axis, cuts[index - 1], cuts[index]) is not { } first || Piece(builder, right, axis, cuts[index - 1], cuts[index]) is not { } second)
            {
                return null;
            }

            bool isFirst = IsZero(second);
            if (!isFirst && !IsZero(first))
            {
                return null;
            }

            parts.Add(isFirst ? first : second);
        }

        return builder.Concat(axis, [.. parts]);
    }

    private static List<Part>? Parts(Node joined, int axis)
    {
        List<Part> parts = [];
        long start = 0;
        foreach (Node input in joined.Inputs)
        {
            if (!input.Shape[axis].IsConstant)
            {
                return null;
            }

            parts.Add(new Part(input, start, start + input.Shape[axis].Value));
            start += input.Shape[axis].Value;
        }

        return parts;
    }

    /// <summary>What lies between two cuts: a whole part, or some of a part that is zero; else null.</summary>
    private static Node? Piece(GraphBuilder builder, List<Part> parts, int axis, long start, long end)
    {
        Part part = parts.First(part => part.Start <= start && part.End >= end);
        return part.Start == start && part.End == end ? part.Value
            : IsZero(part.Value) ? builder.Fill(0, part.Value.Shape.With(axis, end - start))
            : null;
    }

    private static bool IsZero(Node value) => Arithmetic.IsConstant(value, 0);

    /// <summary>A part of a joined value, from one element of the axis up to another.</summary>
    private sealed record Part(Node Value, long Start, long End);
}
