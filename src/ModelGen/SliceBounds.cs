using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;

namespace ModelGen;

/// <summary>Finds what only a call can tell about open dimensions: whether slices lie within their tensors, whether sequences have a step, whether there is something to compare, and whether indices are few enough to be floats.</summary>
internal static class SliceBounds
{
    public static IEnumerable<SizeCheck> Of(Graph graph) =>
        graph.Nodes.SelectMany(node => node switch
        {
            { Body: { } body } => [.. OfSteps(node), .. Of(body)],
            { Op: SliceOf } => OfSlice(node),
            { Op: Iota } => OfIndices(node),
            _ => [],
        });

    /// <summary>What compares elements needs one.</summary>
    /// <param name="graph">The graph of words.</param>
    public static IEnumerable<SizeCheck> OfComparisons(Graph graph) =>
        graph.Nodes.SelectMany(node => node switch
        {
            { Body: { } body } => OfComparisons(body),
            { Op: ReductionWord word } when word.Compares(node) && ReductionWord.Count(node) - 1 is { IsConstant: false } rest => [new SizeCheck(node.Origin.Text, rest)],
            _ => [],
        });

    /// <summary>A sequence has a step at least.</summary>
    private static IEnumerable<SizeCheck> OfSteps(Node loop)
    {
        Dim rest = loop.Attributes.Get<Dim>("count") - 1;
        return rest.IsAtLeast(Dim.Zero) ? [] : [new SizeCheck(loop.Origin.Text, rest)];
    }

    /// <summary>The indices along an axis are exact up to 2²⁴.</summary>
    private static IEnumerable<SizeCheck> OfIndices(Node iota)
    {
        Dim rest = Dim.Of(1 << 24) - iota.Shape[iota.Attributes.Get<int>("axis")];
        return rest.IsConstant ? [] : [new SizeCheck(iota.Origin.Text, rest)];
    }

    private static IEnumerable<SizeCheck> OfSlice(Node slice)
    {
        int axis = slice.Attributes.Get<int>("axis");
        Dim start = slice.Attributes.Get<Dim>("start");
        Dim length = slice.Shape[axis];
        return new[] { start, length, slice.Input.Shape[axis] - start - length }
            .Where(value => !value.IsAtLeast(Dim.Zero))
            .Select(value => new SizeCheck(slice.Origin.Text, value));
    }
}
