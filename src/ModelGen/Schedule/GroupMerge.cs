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

        // In the order of calculation, so that no member comes before what it reads; a product comes before all of its epilogue.
        Node[] members = [.. host.Members.Concat(guest.Members).OrderBy(member => member == host.First && host.Kind == GroupKind.Product ? -1 : member.Id)];
        Group merged = new(Math.Max(a.Id, b.Id), host.Kind, members[0], host.Space) { IsSettled = host.IsSettled };
        return members.All(member => Rejoin(merged, member, host)) ? merged : null;
    }

    /// <summary>A member must find a place again; those of the host keep their levels.</summary>
    private static bool Rejoin(Group merged, Node member, Group host)
    {
        if (merged.Members.Count == 0 && host.Contains(member))
        {
            merged.Add(member, host.LevelOf(member));
            return true;
        }

        return Joining.TryJoin(merged, member) && (!host.Contains(member) || merged.LevelOf(member) == host.LevelOf(member));
    }

    /// <summary>Whether a third group has to run after one and before the other.</summary>
    private static bool IsBetween(Group first, Group last, IReadOnlyList<Group> groups) =>
        groups.Any(between => between != first && between != last && between.Dependencies.Contains(first) && last.Dependencies.Contains(between));
}
