using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Passes.Build;

/// <summary>A local that goes from iteration to iteration of a loop: a tensor, or a tuple or an array of them, of which the loop carries every tensor by itself.</summary>
/// <param name="Before">What it is before the loop.</param>
/// <param name="First">The tensors of that.</param>
/// <param name="Place">Where the loop assigns it.</param>
internal sealed record CarriedLocal(string Name, BuildValue Before, ImmutableArray<Node> First, int Place)
{
    /// <summary>What one of its tensors is called: the local itself, or with a number that begins with 1.</summary>
    public string NameOf(int part) => LocalNames.Shown(Name) + (Before is TupleValue or ListValue or PartsValue ? (part + 1).ToString(CultureInfo.InvariantCulture) : string.Empty);

    /// <summary>The same tuple or array of other tensors.</summary>
    public BuildValue Whole(IEnumerable<Node> parts) => Whole(Before, new Queue<Node>(parts));

    private static BuildValue Whole(BuildValue like, Queue<Node> parts) => like switch
    {
        TupleValue tuple => new TupleValue([.. tuple.Items.Select(item => Whole(item, parts))]),
        ListValue list => new ListValue([.. list.Items.Select(item => Whole(item, parts))]),
        PartsValue => new ListValue([.. parts.Select(part => (BuildValue)new TensorValue(part))]),
        _ => new TensorValue(parts.Dequeue()),
    };
}
