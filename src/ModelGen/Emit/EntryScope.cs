using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit.Kernels;
using ModelGen.Graphs;
using ModelGen.Schedule;

namespace ModelGen.Emit;

/// <summary>The locals of one entry's method.</summary>
internal sealed class EntryScope
{
    private readonly NameScope names;
    private readonly Dictionary<string, string> dims;
    private readonly List<string> storages;
    private readonly Dictionary<string, string> variables = [];

    public EntryScope(Program program, ProgramNames members, Target target)
    {
        Target = target;
        names = new NameScope("frame", "buffers", "arena", members.Kernels(target), members.Buffers(program));
        dims = program.Dims.ToDictionary(name => name, names.Add);
        storages = [.. program.Storages.Select(storage => names.Add(storage.Name))];
    }

    public Target Target { get; }

    public string Dim(string name) => dims[name];

    public string Storage(int index) => storages[index];

    /// <summary>Names a variable of a loop.</summary>
    public string Declare(string name) => variables[name] = names.Add(name);

    public string Variable(string name) => variables[name];

    /// <summary>A dimension in the width of <c>int</c>.</summary>
    public string Size(Dim dim) => dim.ToText(name => dims[name]);

    /// <summary>A dimension in a width that is enough for any address.</summary>
    public string WideSize(Dim dim) => dim.ToText(name => "(nint)" + dims[name]);
}
