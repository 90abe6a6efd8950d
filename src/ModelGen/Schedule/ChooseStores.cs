using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>
/// Decides which values are written to memory. A value that only its own group uses never is; one that another group uses is written, unless that
/// group can calculate it again from what is in memory anyway, which costs less than to write and read it.
/// </summary>
internal sealed class ChooseStores
{
    private readonly Dictionary<Node, Group> groupOf = [];
    private readonly HashSet<Node> stored = [];
    private readonly HashSet<(Group Group, Node Node)> recomputed = [];
    private readonly Dictionary<Node, int> uses = [];

    private ChooseStores(Graph graph, IEnumerable<Group> groups)
    {
        foreach (Node used in graph.Nodes.Where(node => Reading.RootOf(node) == node).SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            Node root = Reading.RootOf(used);
            uses.TryGetValue(root, out int count);
            uses[root] = count + 1;
        }

        foreach (Group group in groups)
        {
            foreach (Node member in group.Members)
            {
                groupOf[member] = group;
            }
        }
    }

    public static ChooseStores Run(Graph graph, IReadOnlyList<Group> groups)
    {
        ChooseStores choose = new(graph, groups);
        foreach (GraphOutput output in graph.Outputs)
        {
            choose.stored.Add(Reading.RootOf(output.Value));
        }

        foreach (Node node in graph.Nodes)
        {
            choose.StoreOperands(node);
        }

        // The earliest values first: what they leave in memory, later ones can be calculated from.
        foreach ((Group group, Node reader, Node input) in groups.SelectMany(Reads).OrderBy(read => Reading.RootOf(read.Input).Id))
        {
            choose.Visit(group, reader, input);
        }

        return choose;
    }

    private static IEnumerable<(Group Group, Node Reader, Node Input)> Reads(Group group)
    {
        IEnumerable<(Group Group, Node Reader, Node Input)> reads = group.Members.Where(member => member.Op is ElementwiseOp or ReduceOp).SelectMany(member => member.Inputs.Select(input => (group, member, input)));
        return group.Prologue is null ? reads : reads.Concat(Reads(group.Prologue.Group));
    }

    public bool IsStored(Node node) => stored.Contains(node);

    /// <summary>Whether a value has one use in the whole graph, in whatever group.</summary>
    public bool IsUsedOnce(Node node) => uses.TryGetValue(node, out int count) && count == 1;

    /// <summary>Whether the group calculates a value of another group again.</summary>
    public bool IsRecomputed(Group group, Node node) => recomputed.Contains((group, node));

    /// <summary>Products, loops, templates and what copies parts into one value read memory; sums over rows are complete only there.</summary>
    private void StoreOperands(Node node)
    {
        groupOf.TryGetValue(node, out Group? group);
        if (node.Op is MatrixProduct or Loop or TemplateOp || (node.Op is ConcatAlong && group!.Kind == GroupKind.Concat))
        {
            IEnumerable<Node> operands = node.Op is MatrixProduct && group!.Prologue is { } prologue ? [prologue.Element, node.Inputs[1]] : node.Inputs;
            stored.UnionWith(operands.Select(Reading.RootOf).Where(root => !Reading.IsFree(root)));
        }

        if (group is not null && (group.LevelOf(node) is Level.Column or Level.Total || node.Op is ConcatAlong or TemplateOp or TemplateResult))
        {
            stored.Add(node);
        }
    }

    private void Visit(Group group, Node reader, Node input)
    {
        Node root = Reading.RootOf(input);
        if (!groupOf.TryGetValue(root, out Group? producer) || producer == group || stored.Contains(root))
        {
            return;
        }

        // Numbers of a row are read from memory, which matters where a row has one element and so is both.
        bool ofElements = reader.Op is ReduceOp || group.LevelOf(reader) == Level.Full;
        if (input == root && ofElements && CanRecompute(group, root, 8))
        {
            Recompute(group, root);
        }
        else
        {
            stored.Add(root);
        }
    }

    private bool CanRecompute(Group group, Node node, int budget)
    {
        bool cheap = node.Op is ElementwiseOp { IsCostly: false };
        return cheap && budget > 0 && groupOf[node].LevelOf(node) == Level.Full && node.Shape.Rank > 0 && Joining.FitsElements(group, node)
            && node.Inputs.All(input => Reading.In(group, input) is not null)
            && node.Inputs.All(input => IsAtHand(input) || (input.Op is ElementwiseOp && CanRecompute(group, input, budget - node.Inputs.Length)));
    }

    /// <summary>Whether a value is in memory, or so small that it may as well be.</summary>
    private bool IsAtHand(Node input)
    {
        Node root = Reading.RootOf(input);
        return Reading.IsFree(root) || stored.Contains(root) || !groupOf.TryGetValue(root, out Group? producer) || root.Op is LoopResult || producer.LevelOf(root) == Level.Row;
    }

    private void Recompute(Group group, Node node)
    {
        recomputed.Add((group, node));
        foreach (Node input in node.Inputs)
        {
            Node root = Reading.RootOf(input);
            if (Reading.IsFree(root) || stored.Contains(root) || !groupOf.ContainsKey(root))
            {
                continue;
            }

            if (IsAtHand(input))
            {
                stored.Add(root);
            }
            else
            {
                Recompute(group, root);
            }
        }
    }
}
