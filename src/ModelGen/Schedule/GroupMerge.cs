using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>Makes one group of two.</summary>
internal static class GroupMerge
{
    /// <summary>A group with the members of both, or null where they cannot be one kernel.</summary>
    public static Group? Try(Group a, Group b, IReadOnlyList<Group> groups)
    {
        bool kinds = (a.Kind, b.Kind) is (GroupKind.Rows, GroupKind.Rows) or (GroupKind.Product, GroupKind.Rows) or (GroupKind.Rows, GroupKind.Product);
        if (!kinds || IsBetween(a, b, groups) || IsBetween(b, a, groups))
        {
            return null;
        }

        (Group host, Group guest) = a.Kind == GroupKind.Product || b.Kind == GroupKind.Rows && a.IsSettled ? (a, b) : (b, a);
        if (host.Kind == GroupKind.Product && host.First.Inputs.Select(Reading.RootOf).Any(guest.Contains))
        {
            return null; // A product needs its operands whole: its epilogue cannot calculate them.
        }

        Group merged = new(Math.Max(a.Id, b.Id), host.Kind, host.First, host.Space) { IsSettled = host.IsSettled };
        merged.Add(host.First, host.LevelOf(host.First));
        IEnumerable<Node> others = host.Members.Concat(guest.Members).Where(member => member != host.First).OrderBy(member => member.Id);
        return Rejoin(merged, others, host) ? merged : null;
    }

    /// <summary>Every member must find a place again; those of the host keep their levels.</summary>
    private static bool Rejoin(Group merged, IEnumerable<Node> others, Group host)
    {
        foreach (Node member in others)
        {
            if (!Joining.TryJoin(merged, member))
            {
                return false;
            }

            if (host.Contains(member) && merged.LevelOf(member) != host.LevelOf(member))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a third group has to run after one and before the other.</summary>
    private static bool IsBetween(Group first, Group last, IReadOnlyList<Group> groups) =>
        groups.Any(between => between != first && between != last && between.Dependencies.Contains(first) && last.Dependencies.Contains(between));
}
