using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>Drops what no output needs: nodes, and the stacked results and unused inputs of loops.</summary>
internal static class EliminateDead
{
    public static Graph Run(Graph graph) => Run(graph, null);

    private static Graph Run(Graph graph, GraphBuilder? around)
    {
        HashSet<Node> live = Live(graph);
        GraphBuilder builder = new(graph.Name, around);
        Dictionary<Node, Node> kept = [];
        Dictionary<Node, ImmutableArray<int>> keptResults = [];
        foreach (Node node in graph.Nodes.Where(live.Contains))
        {
            builder.Origin = node.Origin;
            kept[node] = node.Op switch
            {
                Loop => Prune(node, live, builder, kept, keptResults),
                LoopResult => builder.LoopResult(kept[node.Input], keptResults[node.Input].IndexOf(node.Attributes.Get<int>("index")), node.Shape, node.Type),
                _ => builder.Copy(node, node.Inputs.Select(input => kept[input])),
            };
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, kept[output.Value]);
        }

        return builder.Build();
    }

    private static HashSet<Node> Live(Graph graph)
    {
        HashSet<Node> live = [];
        Stack<Node> open = new(graph.Outputs.Select(output => output.Value));
        while (open.Count > 0)
        {
            Node node = open.Pop();
            if (live.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    open.Push(input);
                }
            }
        }

        return live;
    }

    private static Node Prune(Node loop, HashSet<Node> live, GraphBuilder builder, Dictionary<Node, Node> kept, Dictionary<Node, ImmutableArray<int>> keptResults)
    {
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        HashSet<int> used = [.. live.Where(node => node.Is<LoopResult>() && node.Input == loop).Select(node => node.Attributes.Get<int>("index"))];
        ImmutableArray<int> results = [.. Enumerable.Range(0, loop.Body!.Outputs.Length).Where(index => index < carried || used.Contains(index))];
        keptResults[loop] = results;
        Graph body = Run(new Graph(loop.Body.Name, loop.Body.Nodes, [.. results.Select(index => loop.Body.Outputs[index])]), builder);
        BodyInputs inputs = new(body, builder, carried, stacked, loop.Inputs.Length - carried - stacked);
        AttributeSet attributes = loop.Attributes.With("stacked", inputs.Stacked.Length);
        return builder.Add(loop.Op, inputs.Used.Select(index => kept[loop.Inputs[index]]), attributes, null, loop.Type, inputs.Body);
    }
}
