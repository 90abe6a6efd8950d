using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Schedule;

/// <summary>Hands out names that differ from each other: of storages within a program, or of operands and locals within a kernel.</summary>
internal sealed class KernelNames
{
    private readonly HashSet<string> taken = [];
    private readonly HashSet<string> locals = [];

    public KernelNames(params string[] reserved) => taken.UnionWith(reserved);

    /// <summary>The wanted name, or with a number behind it where it is taken.</summary>
    public string Take(string wanted)
    {
        string name = Free(wanted);
        taken.Add(name);
        return name;
    }

    public bool Has(string wanted) => taken.Contains(Identifier(wanted));

    /// <summary>Forgets the locals of the stage before.</summary>
    public void BeginStage() => locals.Clear();

    /// <summary>A name for a local of one stage. What shares its name with a buffer is one element of it: <c>hiddenAt</c>.</summary>
    public string TakeLocal(string wanted)
    {
        string name = Free(taken.Contains(Identifier(wanted)) ? wanted + "At" : wanted);
        locals.Add(name);
        return name;
    }

    private string Free(string wanted)
    {
        string name = Identifier(wanted);
        for (int number = 2; taken.Contains(name) || locals.Contains(name); number++)
        {
            name = Identifier(wanted) + number.ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }

    /// <summary>A name for a value in memory: the user's, and behind it the op where the user's expression does not end with this node.</summary>
    public static string Wanted(Node node) => node.Origin.FullName.Length > 0 ? node.Origin.FullName : node.Op.Name;

    /// <summary>The same as code writes it: <c>dBlocksExpandWeight</c>.</summary>
    public static string Readable(Node node) => Identifier(Wanted(node));

    /// <summary>A name for a value within a kernel.</summary>
    public static string Local(Node node) => node.Origin.Part ?? Wanted(node);

    /// <summary>A name for the result of an op within a formula.</summary>
    public static string OfResult(Op op) => op switch
    {
        Add => "sum",
        Sub => "difference",
        Mul => "scaled",
        Div => "quotient",
        Neg => "negative",
        Maximum => "larger",
        _ => op.Name,
    };

    /// <summary>Letters and digits in camel case: <c>dBlocks.*.Expand.weight</c> becomes <c>dBlocksExpandWeight</c>.</summary>
    private static string Identifier(string wanted)
    {
        string[] parts = wanted.Split('.', '*', '@', ' ', '#').Where(part => part.Length > 0).ToArray();
        string joined = string.Concat(parts.Select((part, index) => index == 0 ? Lower(part) : char.ToUpperInvariant(part[0]) + part.Substring(1)));
        return joined.Length == 0 ? "value" : char.IsDigit(joined[0]) ? "x" + joined : joined;
    }

    private static string Lower(string part) => char.ToLowerInvariant(part[0]) + part.Substring(1);
}
