using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>
/// Numbers the passes over a row: an element that depends on a reduction of its own row is known only in the pass after it.
/// Softmax has three: the maximum, the sum of exponentials, the quotient.
/// </summary>
internal sealed class GroupPasses
{
    private readonly Group group;
    private readonly ChooseStores stores;
    private readonly Dictionary<Node, int> passes = [];

    public GroupPasses(Group group, ChooseStores stores)
    {
        this.group = group;
        this.stores = stores;
        Last = group.Members.Select(Of).DefaultIfEmpty(0).Max();
    }

    public int Last { get; }

    /// <summary>For an element or a reduction along the row, the pass that calculates it; for other numbers of a row, the pass before which they are known.</summary>
    public int Of(Node node)
    {
        if (!passes.TryGetValue(node, out int pass))
        {
            passes[node] = pass = node.Inputs.Select(Reading.RootOf).Where(IsInside).Select(Ready).DefaultIfEmpty(0).Max();
        }

        return pass;
    }

    private bool IsInside(Node root) => group.Contains(root) || stores.IsRecomputed(group, root);

    private int Ready(Node root) => root.Op is ReduceOp && group.Contains(root) && group.LevelOf(root) == Level.Row ? Math.Max(Of(root) + 1, 1) : Of(root);
}
