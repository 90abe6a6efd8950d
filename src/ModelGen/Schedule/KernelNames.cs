using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>Hands out names that differ from each other: of storages within a program, or of operands and locals within a kernel.</summary>
internal sealed class KernelNames
{
    private readonly HashSet<string> taken = [];

    public KernelNames(params string[] reserved) => taken.UnionWith(reserved);

    /// <summary>The wanted name, or with a number behind it where it is taken.</summary>
    public string Take(string wanted)
    {
        string name = Identifier(wanted);
        for (int number = 2; !taken.Add(name); number++)
        {
            name = Identifier(wanted) + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary>A name for a value in memory: the user's, and behind it the op where the user's expression does not end with this node.</summary>
    public static string Wanted(Node node) => node.Origin.FullName.Length > 0 ? node.Origin.FullName : node.Op.Name;

    /// <summary>A name for a value within a kernel.</summary>
    public static string Local(Node node) => node.Origin.Part ?? Wanted(node);

    /// <summary>Letters and digits in camel case: <c>dBlocks.*.Expand.weight</c> becomes <c>dBlocksExpandWeight</c>.</summary>
    private static string Identifier(string wanted)
    {
        string[] parts = wanted.Split('.', '*', '@', ' ', '#').Where(part => part.Length > 0).ToArray();
        string joined = string.Concat(parts.Select((part, index) => index == 0 ? Lower(part) : char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return joined.Length == 0 ? "value" : char.IsDigit(joined[0]) ? "x" + joined : joined;
    }

    private static string Lower(string part) => char.ToLowerInvariant(part[0]) + part.Substring(1);
}
