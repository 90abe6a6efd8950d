using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>When a storage is alive: from the first step that writes it to the last that reads it.</summary>
internal sealed record Lifetime(int First, int Last)
{
    public bool Meets(Lifetime other) => First <= other.Last && other.First <= Last;
}

/// <summary>
/// Gives every storage of the arena a slot, so that storages share a slot that are not alive at the same time. Lengths with open dimensions are known
/// only at run time: a slot is then as long as its longest storage.
/// </summary>
internal static class PlanMemory
{
    private const long TypicalSize = 64;

    /// <param name="lifetimes">By storage; those without one are never used.</param>
    public static (EquatableArray<Storage> Storages, EquatableArray<Slot> Slots) Run(IReadOnlyList<Storage> storages, IReadOnlyDictionary<int, Lifetime> lifetimes)
    {
        List<List<int>> slots = [];
        Storage[] placed = [.. storages];
        int[] arena = [.. Enumerable.Range(0, placed.Length).Where(index => placed[index].Kind == StorageKind.Arena)];
        foreach (int index in arena.OrderByDescending(index => Typical(placed[index])).ThenBy(index => index))
        {
            Lifetime lifetime = lifetimes.TryGetValue(index, out Lifetime? known) ? known : new Lifetime(0, 0);
            int slot = slots.FindIndex(candidate => candidate.All(other => !lifetimes[other].Meets(lifetime)));
            if (slot < 0)
            {
                slot = slots.Count;
                slots.Add([]);
            }

            slots[slot].Add(index);
            placed[index] = placed[index] with { Slot = slot };
        }

        return (placed.ToEquatableArray(), slots.Select(slot => new Slot(Longest(slot.Select(index => placed[index].Length)))).ToEquatableArray());
    }

    private static long Typical(Storage storage) => storage.Length.Evaluate(_ => TypicalSize);

    /// <summary>The lengths that can be the longest, whatever the open dimensions are.</summary>
    private static EquatableArray<Dim> Longest(IEnumerable<Dim> lengths)
    {
        List<Dim> longest = [];
        foreach (Dim length in lengths)
        {
            if (!longest.Any(other => other.IsAtLeast(length)))
            {
                longest.RemoveAll(length.IsAtLeast);
                longest.Add(length);
            }
        }

        return longest.ToEquatableArray();
    }
}
