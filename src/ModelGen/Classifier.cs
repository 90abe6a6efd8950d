using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Schedule;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>Finds in a loss what makes it a classifier: the scores that it judges, and the labels.</summary>
internal static class Classifier
{
    /// <summary>The loss word of a graph that classifies, with an input of the entry as its labels.</summary>
    public static Node? Find(Graph graph) =>
        graph.Nodes.FirstOrDefault(node => node.Op is TargetLossOp { Classification: not Classification.None } && node.Inputs[1].Is<Input>());

    /// <summary>For evaluation, a loss that classifies also returns its scores.</summary>
    public static Graph WithScores(MethodSpec method, Graph graph) =>
        method.Role == MethodRole.Loss && Find(graph) is { } loss
            ? new Graph(graph.Name, graph.Nodes, graph.Outputs.Add(new GraphOutput("scores", OutputRole.Result, loss.Inputs[0])))
            : graph;

    /// <summary>Labels must be classes that exist, or what the loss ignores.</summary>
    public static IReadOnlyList<IndexCheck> Checks(EntrySpec entry, Graph graph) =>
        [.. from node in graph.Nodes
            where node.Op is TargetLossOp { Classification: Classification.Classes } && node.Inputs[1].Is<Input>()
            let input = Enumerable.Range(0, entry.Inputs.Count).First(index => entry.Inputs[index].Name == node.Inputs[1].Attributes.Get<string>("name"))
            select new IndexCheck(input, node.Inputs[0].Shape[node.Inputs[0].Shape.Rank - 1], SoftmaxCrossEntropy.Ignored(node.Attributes))];
}
