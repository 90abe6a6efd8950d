using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>How often each value of a graph of words is read. An expression that is written twice is one value, as it will be calculated once, unless it draws random numbers.</summary>
internal sealed class Readers
{
    private readonly Dictionary<Node, int> values = [];
    private readonly Dictionary<string, int> known = [];
    private readonly Dictionary<int, int> counts = [];

    /// <summary>Counts in a graph or a loop's body.</summary>
    public void Count(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            values[node] = ValueOf(node);
        }

        foreach (Node read in graph.Nodes.SelectMany(node => node.Inputs).Concat(graph.Outputs.Select(output => output.Value)))
        {
            counts.TryGetValue(values[read], out int before);
            counts[values[read]] = before + 1;
        }
    }

    /// <summary>Whether a value has one reader, outputs included.</summary>
    public bool IsReadOnce(Node node) => counts[values[node]] == 1;

    private int ValueOf(Node node)
    {
        string key = $"{node.Op.Name}({string.Join(",", node.Inputs.Select(input => values[input]))}){{{node.Attributes}}}{node.MaybeShape}";
        if (node.Op is Loop or LoopResult or BodyInput or Dropout || !known.TryGetValue(key, out int value))
        {
            known[key] = value = values.Count;
        }

        return value;
    }
}
