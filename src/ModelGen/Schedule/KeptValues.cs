using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>
/// A costly element that one pass over a row calculates and a later one needs again is not calculated twice: it waits in memory, where it is stored
/// anyway or, for want of that, in the row of a result that is written only later. Softmax keeps its exponentials where the quotients will be.
/// </summary>
internal sealed class KeptValues
{
    private readonly Group group;
    private readonly ChooseStores stores;
    private readonly GroupPasses passes;
    private readonly Dictionary<Node, Node> places = [];
    private readonly Dictionary<Node, int> keptIn = [];
    private readonly HashSet<Node> taken = [];
    private readonly Dictionary<int, HashSet<Node>> calculated = [];
    private readonly Dictionary<Node, bool> costly = [];

    private KeptValues(Group group, ChooseStores stores, GroupPasses passes) => (this.group, this.stores, this.passes) = (group, stores, passes);

    public static KeptValues Plan(Group group, ChooseStores stores, GroupPasses passes)
    {
        KeptValues kept = new(group, stores, passes);
        for (int pass = 0; pass < passes.Last; pass++)
        {
            kept.Plan(pass);
        }

        return kept;
    }

    /// <summary>The values that a pass calculates and leaves in the row of another: where and what.</summary>
    public IEnumerable<(Node Value, Node Place)> WrittenIn(int pass) =>
        from place in places where keptIn[place.Key] == pass && place.Key != place.Value orderby place.Key.Id select (place.Key, place.Value);

    /// <summary>The values that a pass reads from where an earlier one left them.</summary>
    public IEnumerable<(Node Value, Node Place)> ReadIn(int pass)
    {
        HashSet<Node> met = [];
        foreach (Node root in Roots(pass))
        {
            Collect(root, pass, met, []);
        }

        return from node in met orderby node.Id select (node, places[node]);
    }

    /// <summary>What a pass writes or reduces.</summary>
    private IEnumerable<Node> Roots(int pass) => group.Members.Where(node => passes.Of(node) == pass).SelectMany(node =>
        node.Op is ReduceOp ? [Reading.RootOf(node.Input)]
        : group.LevelOf(node) == Level.Joined ? node.Inputs.Select(Reading.RootOf)
        : group.LevelOf(node) == Level.Full && stores.IsStored(node) ? new[] { node } : []);

    private void Plan(int pass)
    {
        HashSet<Node> now = Calculated(pass);
        for (int later = pass + 1; later <= passes.Last; later++)
        {
            HashSet<Node> again = Calculated(later);
            HashSet<Node> twice = [.. again.Where(now.Contains)];
            IEnumerable<Node> inner = again.Where(node => !twice.Contains(node)).SelectMany(node => node.Inputs).Select(Reading.RootOf).Concat(Roots(later));
            foreach (Node node in inner.Where(twice.Contains).Distinct().OrderBy(node => node.Id).ToArray())
            {
                if (IsCostly(node) && PlaceFor(node, pass) is { } place)
                {
                    Keep(node, place, pass);
                }
            }
        }
    }

    private void Keep(Node node, Node place, int pass)
    {
        taken.Add(place);
        places[node] = place;
        keptIn[node] = pass;
        calculated.Clear();
        costly.Clear();
    }

    private HashSet<Node> Calculated(int pass)
    {
        if (!calculated.TryGetValue(pass, out HashSet<Node> known))
        {
            calculated[pass] = known = [];
            foreach (Node root in Roots(pass))
            {
                Collect(root, pass, [], known);
            }
        }

        return known;
    }

    /// <summary>Goes from a value to all that is calculated for it, as far as what an earlier pass has kept.</summary>
    private void Collect(Node node, int pass, HashSet<Node> met, HashSet<Node> reached)
    {
        if (!IsElement(node) || met.Contains(node))
        {
            return;
        }

        if (keptIn.TryGetValue(node, out int kept) && kept < pass)
        {
            met.Add(node);
            return;
        }

        if (reached.Add(node))
        {
            foreach (Node input in node.Inputs)
            {
                Collect(Reading.RootOf(input), pass, met, reached);
            }
        }
    }

    private bool IsElement(Node node) =>
        group.Contains(node) ? node.Op is ElementwiseOp && group.LevelOf(node) == Level.Full : stores.IsRecomputed(group, node);

    /// <summary>Whether a value costs more than to be written to the cache and read again.</summary>
    private bool IsCostly(Node node)
    {
        if (!costly.TryGetValue(node, out bool known))
        {
            costly[node] = known = IsElement(node) && !keptIn.ContainsKey(node)
                && (((ElementwiseOp)node.Op).IsCostly || node.Inputs.Select(Reading.RootOf).Any(input => input.Op is Random || IsCostly(input)));
        }

        return known;
    }

    /// <summary>Where a value can wait for all passes that need it: in its own memory, or in a row that no earlier pass writes and nothing else waits in.</summary>
    private Node? PlaceFor(Node node, int pass)
    {
        if (node.Op is ComparisonOp || node.Type != TensorType.Float || !group.Contains(node))
        {
            return null;
        }

        if (stores.IsStored(node))
        {
            return passes.Of(node) == pass ? node : null;
        }

        int last = Enumerable.Range(pass + 1, passes.Last - pass).Last(later => Calculated(later).Contains(node));
        return group.Members.FirstOrDefault(place =>
            group.LevelOf(place) == Level.Full && place.Op is ElementwiseOp && stores.IsStored(place) && !taken.Contains(place) && place.Type == TensorType.Float
            && passes.Of(place) >= last && place.Shape.Equals(node.Shape) && ValueAddress.Of(place).Root == place);
    }
}
