using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Schedule;

/// <summary>Collects the storages of a program and finds out when each is alive.</summary>
internal sealed class ProgramBuilder
{
    private readonly List<Storage> storages = [];
    private readonly KernelNames names = new("frame", "arena", "buffers");
    private readonly List<(int Storage, int Position, int[] Loops)> uses = [];
    private readonly Dictionary<int, int> homeDepth = [];
    private readonly Dictionary<int, (int First, int Last)> loopRanges = [];
    private readonly Dictionary<string, int[]> variables = [];
    private readonly List<int> openLoops = [];
    private int position;

    public IReadOnlyList<Storage> Storages => storages;

    public int Depth => openLoops.Count;

    public string Name(string wanted) => names.Take(wanted);

    public int AddStorage(string wanted, StorageKind kind, TensorType type, int slot, long offset, Shape shape) =>
        AddStorage(wanted, kind, type, slot, offset, shape.Size, shape.ToString());

    public int AddStorage(string wanted, StorageKind kind, TensorType type, int slot, long offset, Dim length, string shape)
    {
        storages.Add(new Storage(names.Take(wanted), kind, type, slot, offset, length, shape));
        homeDepth[storages.Count - 1] = Depth;
        return storages.Count - 1;
    }

    /// <summary>Says that a variable of a loop stands for any of the storages.</summary>
    public void AddVariable(string name, params int[] storagesBehind) => variables[name] = storagesBehind;

    public void Use(View view)
    {
        foreach (int storage in view.Variable is { } variable ? variables[variable] : [view.Storage])
        {
            uses.Add((storage, position, [.. openLoops]));
        }
    }

    public void NextStep() => position++;

    /// <summary>Begins a loop and returns its number.</summary>
    public int OpenLoop()
    {
        int loop = loopRanges.Count;
        loopRanges[loop] = (position, position);
        openLoops.Add(loop);
        return loop;
    }

    public void CloseLoop()
    {
        int loop = openLoops[openLoops.Count - 1];
        openLoops.RemoveAt(openLoops.Count - 1);
        loopRanges[loop] = (loopRanges[loop].First, position++);
    }

    /// <summary>A storage that comes from outside a loop is alive while the loop runs that uses it.</summary>
    public Dictionary<int, Lifetime> Lifetimes() => uses
        .GroupBy(use => use.Storage)
        .ToDictionary(group => group.Key, group => new Lifetime(group.Min(use => Range(use).First), group.Max(use => Range(use).Last)));

    private (int First, int Last) Range((int Storage, int Position, int[] Loops) use) =>
        use.Loops.Length > homeDepth[use.Storage] ? loopRanges[use.Loops[homeDepth[use.Storage]]] : (use.Position, use.Position);
}
