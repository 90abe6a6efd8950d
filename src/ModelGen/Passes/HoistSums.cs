using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes.Hoisting;

namespace ModelGen.Passes;

/// <summary>
/// Takes sums that grow from iteration to iteration out of loops: one product or sum over the stacks of all iterations does the same. So the gradient of a weight
/// that every step uses is one product behind the backward loop.
/// </summary>
/// <example><code>
/// %9 = Loop %0 …                                   %9 = Loop …
///   %2 = BodyInput {kind=carried}                    stack dGates = %5
///   %7 = MatrixProduct %5 %3 {transposeA}     →    %10 = LoopResult %9          : [time, batch, 512]
///   %8 = Add %2 %7                                 %12 = MatrixProduct (%10 as [time*batch, 512]) (…) {transposeA}
///   carry dWeight = %8                             %13 = Add %0 %12
/// </code></example>
internal sealed class HoistSums
{
    private readonly Dictionary<Node, Node> rewritten = [];
    private readonly Dictionary<Node, HoistedLoop> loops = [];

    public static Graph Run(Graph graph)
    {
        GraphBuilder builder = new(graph.Name);
        HoistSums hoist = new();
        hoist.Rewrite(graph.Nodes, builder);
        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, hoist.rewritten[output.Value]);
        }

        return builder.Build();
    }

    private void Rewrite(IEnumerable<Node> nodes, GraphBuilder builder)
    {
        foreach (Node node in nodes)
        {
            builder.Origin = node.Origin;
            rewritten[node] = node.Op switch
            {
                Loop => RewriteLoop(node, builder),
                LoopResult => loops[node.Input].Result(builder, node),
                _ => builder.Copy(node, node.Inputs.Select(input => rewritten[input])),
            };
        }
    }

    private Node RewriteLoop(Node loop, GraphBuilder builder)
    {
        HoistedLoop hoisted = new(loop, [.. loop.Inputs.Select(input => rewritten[input])]);
        GraphBuilder body = new(loop.Body!.Name, builder);
        foreach (Node node in loop.Body.Nodes.Where(node => !hoisted.IsDropped(node)))
        {
            body.Origin = node.Origin;
            rewritten[node] = node.Is<BodyInput>() ? body.Add(node.Op, [], hoisted.Renumbered(node), node.Shape, node.Type)
                : node.Is<Loop>() ? RewriteLoop(node, body)
                : node.Is<LoopResult>() ? loops[node.Input].Result(body, node)
                : body.Copy(node, node.Inputs.Select(input => rewritten[input]));
        }

        foreach (GraphOutput output in hoisted.Outputs)
        {
            body.Output(output.Name, output.Role, rewritten[output.Value]);
        }

        builder.Origin = loop.Origin;
        loops[loop] = hoisted;
        return hoisted.Loop = builder.Add(loop.Op, hoisted.Inputs, hoisted.Attributes, null, loop.Type, body.Build());
    }
}
