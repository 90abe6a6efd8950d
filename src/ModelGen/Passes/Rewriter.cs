using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Passes;

/// <summary>Rebuilds a graph and all loop bodies in it, node by node; a pass says what becomes of each node.</summary>
internal abstract class Rewriter
{
    private readonly Dictionary<Node, Node> rewritten = [];

    protected Graph Rewrite(Graph graph, GraphBuilder? around = null)
    {
        GraphBuilder builder = new(graph.Name, around);
        Begin(builder, graph);
        foreach (Node node in graph.Nodes)
        {
            builder.Origin = node.Origin;
            Node[] inputs = [.. node.Inputs.Select(input => rewritten[input])];
            Graph? body = node.Body is { } inner ? Rewrite(inner, builder) : null;
            rewritten[node] = Rewrite(builder, node, inputs, body);
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, Output(builder, output, rewritten[output.Value]));
        }

        End(builder);
        return builder.Build();
    }

    /// <summary>What stands for a node in the new graph.</summary>
    protected abstract Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body);

    /// <summary>What an output returns; the value itself unless a pass says otherwise.</summary>
    protected virtual Node Output(GraphBuilder builder, GraphOutput output, Node value) => value;

    protected virtual void Begin(GraphBuilder builder, Graph graph)
    {
    }

    protected virtual void End(GraphBuilder builder)
    {
    }
}
