using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Gradients;

/// <summary>Copies the nodes of a graph in front of their gradients. Loops are copied so that they keep what their gradients will need.</summary>
internal sealed class ForwardCopy(GraphBuilder builder)
{
    private readonly Dictionary<Node, Node> copies = [];
    private readonly Dictionary<Node, LoopGradient> loops = [];

    public Node Of(Node node) => copies[node];

    /// <summary>How to write the gradient of a copied loop.</summary>
    public LoopGradient LoopOf(Node loop) => loops[loop];

    public void Copy(IEnumerable<Node> nodes)
    {
        foreach (Node node in nodes)
        {
            builder.Origin = node.Origin;
            copies[node] = node.Is<Loop>() ? CopyLoop(node) : builder.Copy(node, node.Inputs.Select(Of));
        }
    }

    private Node CopyLoop(Node node)
    {
        LoopGradient gradient = new(node, builder);
        Node loop = builder.Add(node.Op, node.Inputs.Select(Of), gradient.Attributes, null, node.Type, gradient.Forward);
        gradient.Bind(loop, builder);
        loops[loop] = gradient;
        return loop;
    }
}
