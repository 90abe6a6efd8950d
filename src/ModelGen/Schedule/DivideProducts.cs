using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes;

namespace ModelGen.Schedule;

/// <summary>
/// Divides products whose columns are read as a few equal parts, such as the gates of a recurrent cell: what is calculated of the whole is calculated of each part, so that the
/// product's kernel can hold what brings the parts together. A division that does not end in one kernel is taken back.
/// </summary>
/// <example><code>
/// %2 = MatrixProduct %0 %1 : [batch, 16]                     %2 = MatrixProduct %0 %1 {parts=2} : [batch, 16]
/// %3 = Add %2 inputs                                         %3 = Add (SliceOf %2 {start=0}) (SliceOf inputs {start=0})
/// %4 = Sigmoid (SliceOf %3 {start=0}) : [batch, 8]     →     %4 = Add (SliceOf %2 {start=8}) (SliceOf inputs {start=8})
/// %5 = Tanh (SliceOf %3 {start=8})                           %5 = Mul (Sigmoid %3) (Tanh %4)
/// %6 = Mul %4 %5
/// </code></example>
internal sealed class DivideProducts : Rewriter
{
    private readonly HashSet<Node> refused;
    private readonly Stack<DividedColumns> plans = new();
    private readonly Dictionary<Node, Node[]> partsOf = [];
    private readonly Dictionary<Node, Node> divided = [];

    private DivideProducts(HashSet<Node> refused) => this.refused = refused;

    public static Graph Run(Graph graph)
    {
        HashSet<Node> refused = [];
        while (true)
        {
            DivideProducts divide = new(refused);
            Graph result = divide.Rewrite(graph);
            Node[] failed = [.. divide.Failed(graph, result)];
            if (failed.Length == 0)
            {
                return divide.divided.Count == 0 ? graph : result;
            }

            refused.UnionWith(failed);
        }
    }

    protected override void Begin(GraphBuilder builder, Graph graph) => plans.Push(DividedColumns.Of(graph, refused));

    protected override void End(GraphBuilder builder) => plans.Pop();

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body)
    {
        DividedColumns plan = plans.Peek();
        if (node.Op is SliceOf && partsOf.TryGetValue(node.Input, out Node[]? parts))
        {
            return parts[plan.PartOf(node)];
        }

        if (plan.WidthOf(node) is not { } width)
        {
            return builder.Copy(node, inputs, body);
        }

        int count = (int)(node.Shape[1].Value / width);
        Node? product = node.Op is MatrixProduct ? Product(builder, node, inputs, count) : null;
        partsOf[node] = parts = [.. Enumerable.Range(0, count).Select(part => product is null
            ? Part(builder, node, inputs, part, width)
            : builder.Slice(product, 1, part * width, width))];
        return plan.IsReadWhole(node) ? Joined(builder, node, parts) : parts[0];
    }

    private Node Product(GraphBuilder builder, Node node, Node[] inputs, int count)
    {
        Node product = builder.Add(node.Op, inputs, node.Attributes.With("parts", count), node.Shape, node.Type);
        divided[product] = node;
        return product;
    }

    /// <summary>What an op gives for one part of the columns.</summary>
    private Node Part(GraphBuilder builder, Node node, Node[] inputs, int part, long width)
    {
        Origin origin = node.Origin;
        string number = (part + 1).ToString(CultureInfo.InvariantCulture);
        builder.Origin = origin.Part is null ? origin with { Name = origin.Name + number } : origin with { Part = origin.Part + number };
        Node[] parts = [.. node.Inputs.Select((input, index) => partsOf.TryGetValue(input, out Node[]? known) ? known[part]
            : input.Shape.Rank == 0 ? inputs[index]
            : builder.Slice(inputs[index], 1, part * width, width))];
        Node result = builder.Add(node.Op, parts, node.Attributes, node.Shape.With(1, width), node.Type);
        builder.Origin = origin;
        return result;
    }

    private static Node Joined(GraphBuilder builder, Node node, Node[] parts)
    {
        builder.Origin = node.Origin with { Word = node.Origin.Word ?? node.Op.Name };
        return builder.Concat(1, parts);
    }

    /// <summary>The products of a graph whose division did not spare a kernel.</summary>
    /// <param name="before">The graph before.</param>
    /// <param name="after">The graph with divided products.</param>
    private IEnumerable<Node> Failed(Graph before, Graph after)
    {
        Node[] products = [.. after.Nodes.Where(divided.ContainsKey)];
        if (products.Length > 0)
        {
            ImmutableArray<Group> groups = FuseKernels.Run(after);
            bool sparesKernels = groups.Length <= FuseKernels.Run(before).Length - products.Length;
            foreach (Group group in groups.Where(group => products.Contains(group.First) && !(sparesKernels && BringsPartsTogether(group, after))))
            {
                yield return divided[group.First];
            }
        }

        foreach (Node failed in Bodies(before).Zip(Bodies(after), Failed).SelectMany(nodes => nodes))
        {
            yield return failed;
        }
    }

    private static IEnumerable<Graph> Bodies(Graph graph) => graph.Nodes.Where(node => node.Body is not null).Select(node => node.Body!);

    /// <summary>Whether all that reads the product is in its group, and something there reads several parts.</summary>
    private static bool BringsPartsTogether(Group group, Graph graph)
    {
        bool isInside = graph.Nodes.Where(node => Reading.RootOf(node) == node && node.Inputs.Any(input => Reading.RootOf(input) == group.First)).All(group.Contains);
        Dictionary<Node, HashSet<int>> known = [];
        foreach (Node member in group.Members.Where(member => member != group.First && group.LevelOf(member) == Level.Full))
        {
            known[member] = [.. member.Inputs.SelectMany(input => group.PartOf(input) is { } part ? [part] : known.TryGetValue(Reading.RootOf(input), out HashSet<int> parts) ? parts : (IEnumerable<int>)[])];
        }

        return isInside && known.Values.Any(parts => parts.Count > 1);
    }
}
