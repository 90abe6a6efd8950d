using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// More elements before and behind: <c>pads</c> are pairs, before and behind, of the last axis first; negative ones take elements away. <c>mode</c> says
/// what is added: the number <c>value</c>, or the elements that are reflected at the edge, that lie on it, or that come round from the other end.
/// </summary>
internal sealed class Pad : CompositeOp
{
    public override string? ListName => "pads";

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        ImmutableArray<int> pads = context.Attributes.Axes("pads");
        if (pads.Length % 2 != 0 || pads.Length > 2 * x.Rank)
        {
            return context.Mismatch(
                $"Pad needs two numbers for an axis, before and behind, the last axis first, and is given [{string.Join(", ", pads)}]: {context.Describe(0)}. Give at most {Text(2 * x.Rank)} numbers", x);
        }

        Shape padded = x;
        foreach ((int axis, int before, int behind) in Axes(pads, x.Rank))
        {
            Dim size = x[axis] + before + behind;
            int most = Most(context.Attributes, x[axis]);
            if (IsNegative(size) || before > most || behind > most)
            {
                string limit = most == int.MaxValue ? "it cannot take away more than there is" : $"{Mode(context.Attributes)} adds at most {Text(most)} on each side";
                context.Mismatch($"Pad adds {Text(before)} before and {Text(behind)} behind axis {Text(axis)}, of size {x[axis]}: {limit}. {context.Describe(0)}; change the pads or the mode", x);
                size = x[axis];
            }

            padded = padded.With(axis, size);
        }

        return padded;
    }

    public override Node Lower(LowerContext context)
    {
        Node padded = context.Input;
        foreach ((int axis, int before, int behind) in Axes(context.Attributes.Axes("pads"), context.Input.Shape.Rank))
        {
            padded = Along(context, padded, axis, before, behind);
        }

        return padded;
    }

    private static Node Along(LowerContext context, Node x, int axis, int before, int behind)
    {
        GraphBuilder builder = context.Builder;
        List<Node> parts = [];
        Add(before, isBehind: false);
        parts.Add(x);
        Add(behind, isBehind: true);
        Node longer = builder.Concat(axis, [.. parts]);
        return builder.Slice(longer, axis, Math.Max(-before, 0), x.Shape[axis] + before + behind);

        void Add(int length, bool isBehind)
        {
            if (length > 0)
            {
                parts.Add(builder.Part(isBehind ? "Behind" : "Before", part => Edge(part, context.Attributes, x, axis, length, isBehind)));
            }
        }
    }

    /// <summary>What is added on one side.</summary>
    private static Node Edge(GraphBuilder builder, AttributeSet attributes, Node x, int axis, int length, bool isBehind)
    {
        Dim size = x.Shape[axis];
        Shape edge = x.Shape.With(axis, length);
        return Mode(attributes) switch
        {
            "Reflect" => builder.Flip(builder.Slice(x, axis, isBehind ? size - length - 1 : 1, length), [axis]),
            "Replicate" => Broadcasting.To(builder, builder.Slice(x, axis, isBehind ? size - 1 : 0, 1), edge),
            "Circular" => builder.Slice(x, axis, isBehind ? 0 : size - length, length),
            _ => builder.Fill(attributes.Number("value", 0), edge),
        };
    }

    private static string Mode(AttributeSet attributes) => attributes.Get("mode", "Constant");

    /// <summary>The most elements that a mode can add on one side.</summary>
    private static int Most(AttributeSet attributes, Dim size) => Mode(attributes) switch
    {
        _ when !size.IsConstant => int.MaxValue,
        "Reflect" => (int)size.Value - 1,
        "Circular" => (int)size.Value,
        "Replicate" when size == Dim.Zero => 0,
        _ => int.MaxValue,
    };

    private static IEnumerable<(int Axis, int Before, int Behind)> Axes(ImmutableArray<int> pads, int rank) =>
        Enumerable.Range(0, pads.Length / 2).Select(pair => (rank - 1 - pair, pads[2 * pair], pads[(2 * pair) + 1])).Where(axis => axis.Item2 != 0 || axis.Item3 != 0);

    private static bool IsNegative(Dim dim) => dim.IsConstant && dim.Value < 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
