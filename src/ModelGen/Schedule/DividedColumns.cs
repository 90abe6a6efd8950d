using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>The products of a graph whose columns are read as equal parts, and what is calculated of all columns before the parts are taken.</summary>
internal sealed class DividedColumns
{
    /// <summary>With more parts, a kernel would work on more values at a time than a processor has registers for.</summary>
    private const long MostParts = 8;

    private readonly Dictionary<Node, long> widths = [];
    private readonly ILookup<Node, Node> users;
    private readonly HashSet<Node> outputs;

    private DividedColumns(Graph graph)
    {
        users = graph.Users();
        outputs = [.. graph.Outputs.Select(output => output.Value)];
    }

    public static DividedColumns Of(Graph graph, ICollection<Node> refused)
    {
        DividedColumns columns = new(graph);
        foreach (Node product in graph.Nodes.Where(node => node.Op is MatrixProduct && node.Shape.Rank == 2 && !refused.Contains(node)).Reverse())
        {
            columns.Divide(product);
        }

        return columns;
    }

    /// <summary>The columns of a part, for a value whose columns are divided.</summary>
    public long? WidthOf(Node node) => widths.TryGetValue(node, out long width) ? width : null;

    /// <summary>Which part a slice is.</summary>
    public int PartOf(Node slice) => (int)(slice.Attributes.Get<Dim>("start").Value / widths[slice.Input]);

    /// <summary>Whether something else than its parts is read of a value.</summary>
    public bool IsReadWhole(Node node) => outputs.Contains(node) || users[node].Any(user => !widths.ContainsKey(user) && user.Op is not SliceOf);

    private void Divide(Node product)
    {
        HashSet<Node> whole = [];
        Collect(product, whole);
        Node[] slices = [.. whole.SelectMany(node => users[node]).Where(user => user.Op is SliceOf)];
        if (slices.Length == 0 || slices[0].Shape[1] is not { IsConstant: true, Value: > 0 and var width } || !product.Shape[1].IsConstant || IsReadInOtherParts(whole))
        {
            return;
        }

        long parts = product.Shape[1].Value / width;
        bool isEven = parts is > 1 and <= MostParts && parts * width == product.Shape[1].Value && slices.All(slice => IsPart(slice, width));
        if (isEven && slices.Select(slice => slice.Attributes.Get<Dim>("start")).Distinct().Count() == parts)
        {
            foreach (Node node in whole)
            {
                widths[node] = width;
            }
        }
    }

    /// <summary>Whether another product is divided together with what reads one of the values.</summary>
    private bool IsReadInOtherParts(HashSet<Node> whole) => whole.SelectMany(node => users[node]).Any(widths.ContainsKey);

    private static bool IsPart(Node slice, long width) => slice.Attributes.Get<int>("axis") == 1 && slice.Shape[1] == width
        && slice.Attributes.Get<Dim>("start") is { IsConstant: true } start && start.Value % width == 0;

    /// <summary>Collects a value and what is calculated of it, element by element, on the way to slices. Whether there are any below.</summary>
    private bool Collect(Node node, HashSet<Node> whole)
    {
        if (whole.Contains(node))
        {
            return true;
        }

        bool isSliced = false;
        foreach (Node user in users[node])
        {
            isSliced |= user.Op is SliceOf || (IsOfColumns(user, node.Shape) && Collect(user, whole));
        }

        return isSliced && whole.Add(node);
    }

    private bool IsOfColumns(Node node, Shape shape) => node.Op is ElementwiseOp and not Copy && node.Shape == shape && !widths.ContainsKey(node)
        && node.Inputs.All(input => (input.Shape == shape || input.Shape.Rank == 0) && Reading.RootOf(input).Op is not (Random or Iota));
}
