using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Finds what is used as indices: whether what they name exists, only a call can tell, and it does before it writes anything.</summary>
internal sealed class IndexChecks
{
    private readonly Dictionary<Node, List<Node>> outside = [];
    private readonly List<(Node Word, HashSet<Node> Sources)> words = [];

    private IndexChecks(Graph graph)
    {
        Enter(graph);
        foreach (Node node in All(graph).Where(node => node.Op is IIndexing))
        {
            HashSet<Node> sources = [];
            Follow(((IIndexing)node.Op).Indices(node), sources);
            words.Add((node, sources));
        }
    }

    /// <summary>What the integers of an entry must hold. An input of which a part is used as indices must hold indices as a whole.</summary>
    /// <param name="graph">The graph of words.</param>
    public static IReadOnlyList<IndexCheck> Of(EntrySpec entry, Graph graph) =>
    [
        .. from found in new IndexChecks(graph).words
            from source in found.Sources
            where source.Is<Input>()
            let word = (IIndexing)found.Word.Op
            let input = Enumerable.Range(0, entry.Inputs.Count).First(index => entry.Inputs[index].Name == source.Attributes.Get<string>("name"))
            group new IndexCheck(input, word.Limit(found.Word), word.Ignored(found.Word)) by input into checks
            from check in Strictest([.. checks])
            select check,
    ];

    /// <summary>
    /// Positions of extremes are indices, too: they are below the number of elements that were compared, which must be no more than what is indexed. What only a
    /// call can tell is returned.
    /// </summary>
    /// <param name="graph">The graph of words.</param>
    public static IEnumerable<SizeCheck> OfPositions(Graph graph, Action<DiagnosticSpec> report)
    {
        foreach ((Node word, Node source) in new IndexChecks(graph).words.SelectMany(found => found.Sources.Where(source => source.Op is IndexOfExtreme).Select(source => (found.Word, source))))
        {
            Dim count = ReductionWord.Count(source);
            Dim limit = ((IIndexing)word.Op).Limit(word);
            Dim rest = limit - count;
            if (rest.IsConstant && rest.Value < 0)
            {
                report(DiagnosticSpec.Of(
                    DiagnosticCatalog.ShapeMismatch,
                    word.Origin.Place,
                    $"{word.Op.Name} takes indices below {limit}, but '{source.Origin.Text}' chooses among {count} elements: let what is indexed have as many"));
            }
            else if (!rest.IsAtLeast(Dim.Zero))
            {
                yield return new SizeCheck(word.Origin.Text, rest);
            }
        }
    }

    /// <summary>One input's checks as few: the least limits, since which is less only a call can tell, and a value beside them only where all allow it.</summary>
    private static IEnumerable<IndexCheck> Strictest(IndexCheck[] checks)
    {
        int? ignored = checks.All(check => check.Ignored == checks[0].Ignored) ? checks[0].Ignored : null;
        Dim[] limits = [.. checks.Select(check => check.Limit).Distinct()];
        return limits.Where(limit => !limits.Any(other => other != limit && limit.IsAtLeast(other))).Select(limit => new IndexCheck(checks[0].Input, limit, ignored));
    }

    private static IEnumerable<Node> All(Graph graph) => graph.Nodes.SelectMany(node => node.Body is { } body ? All(body).Append(node) : [node]);

    /// <summary>Notes what comes into loops and out of them.</summary>
    private void Enter(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            if (node.Body is { } body)
            {
                foreach (Node input in body.Nodes.Where(inner => inner.Is<BodyInput>()))
                {
                    Node around = LoopShapes.Outside(node, input);
                    outside[input] = input.Attributes.Get<string>("kind") == BodyInput.Carried ? [around, body.Outputs[input.Attributes.Get<int>("index")].Value] : [around];
                }

                Enter(body);
            }
            else if (node.Is<LoopResult>())
            {
                int index = node.Attributes.Get<int>("index");
                Node inside = node.Input.Body!.Outputs[index].Value;
                outside[node] = index < node.Input.Attributes.Get<int>("carried") ? [node.Input.Inputs[index], inside] : [inside];
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
