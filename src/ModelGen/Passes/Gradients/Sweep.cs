using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Gradients;

/// <summary>One sweep from the results of a list of nodes back to what they depend on.</summary>
internal sealed class Sweep(GraphBuilder builder, ForwardCopy copy, IEnumerable<Node> targets)
{
    private readonly HashSet<Node> active = [.. targets];
    private readonly Dictionary<Node, Node> gradients = [];

    /// <summary>Says what the gradient of a result is.</summary>
    public void Seed(Node node, Node gradient) => Accumulate(node, gradient);

    /// <summary>The gradient of a node after the sweep; null where nothing depends on it.</summary>
    public Node? Gradient(Node node) => gradients.TryGetValue(node, out Node? gradient) ? gradient : null;

    public void Run(ImmutableArray<Node> nodes)
    {
        foreach (Node node in nodes.Where(node => node.Inputs.Any(active.Contains)))
        {
            active.Add(node);
        }

        foreach (Node node in nodes.Reverse().Where(node => active.Contains(node) && node.Op is not SourceOp))
        {
            Visit(node, nodes);
        }
    }

    private void Visit(Node node, ImmutableArray<Node> nodes)
    {
        if (node.Is<Loop>())
        {
            VisitLoop(node, nodes);
        }
        else if (!node.Is<LoopResult>() && gradients.TryGetValue(node, out Node? dY))
        {
            builder.Origin = OriginOf(node, node.Inputs.First(active.Contains));
            ImmutableArray<Node?> inputs = ((PrimitiveOp)node.Op).Gradient(new GradientContext(node, dY, builder));
            for (int index = 0; index < node.Inputs.Length; index++)
            {
                Hand(node.Inputs[index], inputs[index]);
            }
        }
    }

    private void VisitLoop(Node loop, ImmutableArray<Node> nodes)
    {
        Dictionary<int, Node> results = nodes.Where(node => node.Is<LoopResult>() && node.Input == loop && gradients.ContainsKey(node))
            .ToDictionary(node => node.Attributes.Get<int>("index"), node => gradients[node]);
        if (results.Count == 0)
        {
            return;
        }

        ImmutableArray<Node?> inputs = copy.LoopOf(loop).Write(builder, results);
        for (int index = 0; index < loop.Inputs.Length; index++)
        {
            Hand(loop.Inputs[index], inputs[index]);
        }
    }

    private void Hand(Node input, Node? gradient)
    {
        if (gradient is not null && active.Contains(input) && Differentiate.IsDifferentiable(input))
        {
            builder.Origin = new Origin(NameOf(input), input.Origin.Text, input.Origin.Place) { IsGradient = true };
            Accumulate(input, gradient);
        }
    }

    private void Accumulate(Node node, Node gradient)
    {
        gradients[node] = gradient = gradients.TryGetValue(node, out Node? sum) ? builder.Add(sum, gradient) : gradient;
        if (NameOf(node) is { Length: > 0 } name && gradient.Op is not SourceOp)
        {
            // A gradient that several values share, such as that of a sum, is named after the one that comes first in the forward direction.
            gradient.Rename(gradient.Origin with { Name = name, Part = null });
        }
    }

    private static Origin OriginOf(Node node, Node input) =>
        new(NameOf(input), node.Origin.Text, node.Origin.Place) { IsGradient = true, Word = "d" + (node.Origin.Word ?? node.Op.Name) };

    /// <inheritdoc cref="Primitives.GradientName"/>
    public static string NameOf(Node input) => Primitives.GradientName(input);
}
