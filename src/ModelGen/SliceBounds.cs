using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;

namespace ModelGen;

/// <summary>Finds the slices of open dimensions: whether they lie within their tensors, only a call can tell.</summary>
internal static class SliceBounds
{
    public static IEnumerable<SizeCheck> Of(Graph graph) =>
        graph.Nodes.SelectMany(node => node.Body is { } body ? Of(body) : node.Is<SliceOf>() ? Of(node) : []).Distinct();

    private static IEnumerable<SizeCheck> Of(Node slice)
    {
        int axis = slice.Attributes.Get<int>("axis");
        Dim start = slice.Attributes.Get<Dim>("start");
        Dim length = slice.Shape[axis];
        return new[] { start, length, slice.Input.Shape[axis] - start - length }
            .Where(value => !value.IsAtLeast(Dim.Zero))
            .Select(value => new SizeCheck(slice.Origin.Text, value));
    }
}
