using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>
/// Puts groups in an order in which each comes after those it depends on. Among those that are ready, the one comes first that frees the most memory
/// and needs the least, so that few values are alive at once.
/// </summary>
internal static class OrderKernels
{
    private const long TypicalSize = 64;

    public static ImmutableArray<Group> Run(IReadOnlyList<Group> groups, ChooseStores stores)
    {
        Dictionary<Node, int> readers = Readers(groups, stores);
        List<Group> waiting = [.. groups];
        List<Group> ordered = [];
        while (waiting.Count > 0)
        {
            Group next = waiting.Where(group => group.Dependencies.All(ordered.Contains)).OrderByDescending(group => Gain(group, stores, readers)).ThenBy(group => group.Id).FirstOrDefault()
                ?? throw new InvalidOperationException("Groups wait for each other: " + string.Join("; ", waiting.Select(group => $"{group} after {string.Join(", ", group.Dependencies.Where(needed => !ordered.Contains(needed)).Select(needed => needed.Id))}")));
            waiting.Remove(next);
            ordered.Add(next);
            foreach (Node root in Reads(next, stores))
            {
                readers[root]--;
            }
        }

        return [.. ordered];
    }

    private static Dictionary<Node, int> Readers(IReadOnlyList<Group> groups, ChooseStores stores) =>
        groups.SelectMany(group => Reads(group, stores)).GroupBy(root => root).ToDictionary(uses => uses.Key, uses => uses.Count());

    private static IEnumerable<Node> Reads(Group group, ChooseStores stores) =>
        group.Calculated.SelectMany(member => member.Inputs).Select(Reading.RootOf).Where(root => stores.IsStored(root) && !group.Contains(root)).Distinct();

    private static long Gain(Group group, ChooseStores stores, Dictionary<Node, int> readers)
    {
        long frees = Reads(group, stores).Where(root => readers[root] == 1).Sum(Size);
        return frees - group.Members.Where(stores.IsStored).Sum(Size);
    }

    private static long Size(Node node) => node.MaybeShape is { } shape ? shape.Size.Evaluate(_ => TypicalSize) : 0;
}
