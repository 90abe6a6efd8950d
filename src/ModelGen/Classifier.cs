using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
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
}
