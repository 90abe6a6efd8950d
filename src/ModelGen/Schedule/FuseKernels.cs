using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>
/// Puts the nodes of a graph into groups, each of which becomes one kernel: a node joins the group of one of its inputs, or one that reads the same
/// memory, as long as nothing then waits for itself.
/// </summary>
/// <example><code>
/// %4 = MatrixProduct %0 %1            group 0: Product
/// %5 = Add %4 (Broadcast bias)    →            + Add + Maximum
/// %6 = Relu %5
/// </code></example>
internal sealed class FuseKernels
{
    private readonly List<Group> groups = [];
    private readonly Dictionary<Node, Group> groupOf = [];
    private readonly Dictionary<Node, List<Group>> readers = [];
    private int next;

    /// <summary>The groups of a graph; those of a loop's body are found when the loop is scheduled.</summary>
    public static ImmutableArray<Group> Run(Graph graph)
    {
        FuseKernels fuse = new();
        foreach (Node node in graph.Nodes.Where(node => !Reading.IsFree(node)))
        {
            fuse.Place(node);
        }

        Prologues.Run(graph, fuse.groups);
        return [.. fuse.groups];
    }

    private void Place(Node node)
    {
        switch (node.Op)
        {
            case SourceOp or LoopResult or (MoveOp and not ConcatAlong):
                if (node.Op is LoopResult)
                {
                    groupOf[node] = groupOf[node.Input];
                }

                break;
            case Loop:
                Start(GroupKind.Loop, node, RowSpace.Of(Shape.Scalar, 0));
                break;
            case ConcatAlong when !TryJoin(node):
                Start(GroupKind.Concat, node, RowSpace.Of(node.Shape, node.Shape.Rank - 1));
                break;
            case ConcatAlong:
                break;
            case TemplateResult:
                groupOf[node] = groupOf[node.Input];
                groupOf[node].Add(node, Level.Full);
                break;
            case TemplateOp:
                Start(GroupKind.Template, node, RowSpace.Of(node.Shape, node.Shape.Rank));
                break;
            case MatrixProduct:
                Start(GroupKind.Product, node, ProductSpace(node));
                break;
            default:
                JoinOrStart(node);
                break;
        }
    }

    /// <summary>The elements of a product, or of one of its parts.</summary>
    private static RowSpace ProductSpace(Node product)
    {
        Shape shape = product.Shape;
        Dim columns = shape[shape.Rank - 1];
        int parts = product.Attributes.Get("parts", 1);
        return new([Dim.Product(shape.Take(shape.Rank - 1))], parts == 1 ? columns : columns.Value / parts);
    }

    private bool TryJoin(Node node)
    {
        if (Candidates(node).FirstOrDefault(group => !WouldWait(group, node) && Joining.TryJoin(group, node)) is not { } joined)
        {
            return false;
        }

        Join(joined, node);
        MergeProducers(joined, node);
        return true;
    }

    private void JoinOrStart(Node node)
    {
        if (TryJoin(node))
        {
            return;
        }

        Node shaped = node.Op is ReduceOp ? node.Input : node;
        Group started = new(next++, GroupKind.Rows, node, RowSpace.Of(shaped.Shape, StartSplit(node, shaped.Shape.Rank))) { IsSettled = node.Op is ReduceOp };
        started.Add(node, StartLevel(node));
        groups.Add(started);
        Join(started, node);
    }

    private static int StartSplit(Node node, int rank)
    {
        if (node.Op is not ReduceOp)
        {
            return rank == 0 ? 0 : rank - 1;
        }

        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        return axes.Length == rank ? rank - 1 : axes[0] == 0 ? axes.Length : rank - axes.Length;
    }

    private static Level StartLevel(Node node)
    {
        if (node.Op is not ReduceOp)
        {
            return Level.Full;
        }

        ImmutableArray<int> axes = node.Attributes.Axes("axes");
        return axes.Length == node.Input.Shape.Rank ? Level.Total : axes[0] == 0 ? Level.Column : Level.Row;
    }

    /// <summary>A node that joined one of its inputs' groups may bring the groups of the others with it.</summary>
    private void MergeProducers(Group group, Node node)
    {
        foreach (Group other in node.Inputs.Select(Reading.RootOf).Where(groupOf.ContainsKey).Select(root => groupOf[root]).Distinct().ToList())
        {
            group = other != group && groups.Contains(other) && GroupMerge.Try(group, other, groups) is { } merged ? Replace(group, other, merged) : group;
        }
    }

    private Group Replace(Group group, Group other, Group merged)
    {
        groups.RemoveAll(candidate => candidate == group || candidate == other);
        groups.Add(merged);
        merged.Dependencies.UnionWith(group.Dependencies.Concat(other.Dependencies).Where(needed => needed != group && needed != other));
        foreach (Group later in groups.Where(later => later.Dependencies.Remove(group) | later.Dependencies.Remove(other)))
        {
            later.Dependencies.Add(merged);
            later.Dependencies.UnionWith(merged.Dependencies);
        }

        foreach (Node member in merged.Members)
        {
            groupOf[member] = merged;
        }

        foreach (List<Group> known in readers.Values.Where(known => known.RemoveAll(reader => reader == group || reader == other) > 0))
        {
            known.Add(merged);
        }

        return merged;
    }

    private void Start(GroupKind kind, Node node, RowSpace space)
    {
        Group group = new(next++, kind, node, space);
        group.Add(node, Level.Full);
        groups.Add(group);
        Join(group, node);
    }

    /// <summary>The groups of the inputs and the groups that read the same memory, the latest first.</summary>
    private IEnumerable<Group> Candidates(Node node)
    {
        Node[] roots = [.. node.Inputs.Select(Reading.RootOf)];
        IEnumerable<Group> producers = roots.Where(groupOf.ContainsKey).Select(root => groupOf[root]);
        IEnumerable<Group> siblings = roots.Where(readers.ContainsKey).SelectMany(root => readers[root]).Where(group => group.Kind == GroupKind.Rows);
        return producers.Concat(siblings).Distinct().OrderByDescending(group => group.Id).ToList();
    }

    /// <summary>Whether another group that the node needs waits for this one.</summary>
    private bool WouldWait(Group group, Node node) =>
        node.Inputs.Select(Reading.RootOf).Where(groupOf.ContainsKey).Any(root => groupOf[root] != group && groupOf[root].Dependencies.Contains(group));

    private void Join(Group group, Node node)
    {
        groupOf[node] = group;
        foreach (Node root in node.Inputs.Select(Reading.RootOf).Where(root => !Reading.IsFree(root)))
        {
            if (groupOf.TryGetValue(root, out Group? producer) && producer != group)
            {
                Depend(group, producer);
            }

            if (!group.Contains(root))
            {
                (readers.TryGetValue(root, out List<Group>? known) ? known : readers[root] = []).Add(group);
            }
        }
    }

    private void Depend(Group group, Group producer)
    {
        HashSet<Group> added = [.. producer.Dependencies, producer];
        foreach (Group later in groups.Where(later => later == group || later.Dependencies.Contains(group)))
        {
            later.Dependencies.UnionWith(added);
        }
    }
}
