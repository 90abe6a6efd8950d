using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Finds the inputs of integers that are used as indices: whether what they name exists, only a call can tell, and it does before it writes anything.</summary>
internal sealed class IndexChecks
{
    private readonly Dictionary<Node, List<Node>> outside = [];

    /// <summary>What the integers of an entry must hold. An input of which a part is used as indices must hold indices as a whole.</summary>
    /// <param name="graph">The graph of words.</param>
    public static IReadOnlyList<IndexCheck> Of(EntrySpec entry, Graph graph)
    {
        IndexCheck[] checks =
            [.. Classifier.Checks(entry, graph).Concat(new IndexChecks().Indices(graph).SelectMany(check => Inputs(entry, check.Sources, check.Limit))).Distinct()];
        return [.. checks.Where(check => !checks.Any(other => other != check && other.Input == check.Input && check.Limit.IsAtLeast(other.Limit)))];
    }

    private static IEnumerable<IndexCheck> Inputs(EntrySpec entry, IEnumerable<Node> sources, Dim limit) =>
        from source in sources
        where source.Is<Input>()
        select new IndexCheck(Enumerable.Range(0, entry.Inputs.Count).First(index => entry.Inputs[index].Name == source.Attributes.Get<string>("name")), limit);

    private List<(HashSet<Node> Sources, Dim Limit)> Indices(Graph graph)
    {
        List<(HashSet<Node>, Dim)> found = [];
        Enter(graph);
        foreach (Node node in All(graph).Where(node => node.Op is IIndexing))
        {
            IIndexing word = (IIndexing)node.Op;
            HashSet<Node> sources = [];
            Follow(word.Indices(node), sources);
            found.Add((sources, word.Limit(node)));
        }

        return found;
    }

    private static IEnumerable<Node> All(Graph graph) => graph.Nodes.SelectMany(node => node.Body is { } body ? All(body).Append(node) : [node]);

    /// <summary>Notes what comes into loops and out of them; before lowering, nothing is stacked.</summary>
    private void Enter(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            if (node.Body is { } body)
            {
                int carried = node.Attributes.Get<int>("carried");
                foreach (Node input in body.Nodes.Where(inner => inner.Is<BodyInput>()))
                {
                    int index = input.Attributes.Get<int>("index");
                    outside[input] = input.Attributes.Get<string>("kind") == BodyInput.Carried ? [node.Inputs[index], body.Outputs[index].Value] : [node.Inputs[carried + index]];
                }

                Enter(body);
            }
            else if (node.Is<LoopResult>())
            {
                int index = node.Attributes.Get<int>("index");
                outside[node] = [node.Input.Inputs[index], node.Input.Body!.Outputs[index].Value];
            }
        }
    }

    /// <summary>Words on integers only move them, so whatever they come from holds them all.</summary>
    private void Follow(Node node, HashSet<Node> sources)
    {
        if (node.Type == TensorType.Int && sources.Add(node))
        {
            foreach (Node input in outside.TryGetValue(node, out List<Node> around) ? around : [.. node.Inputs])
            {
                Follow(input, sources);
            }
        }
    }
}
