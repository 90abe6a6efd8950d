using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Ops;

namespace ModelGen.Graphs;

/// <summary>
/// Checks what every pass must leave true: nodes come after their inputs, which belong to the same graph; shapes fit each primitive; loops pass on what their
/// bodies take and give; outputs exist. A violation is a fault of the pass that ran last, never of the user.
/// </summary>
internal sealed class GraphVerifier
{
    private readonly string pass;
    private readonly bool hasShapes;
    private readonly bool isLowered;

    private GraphVerifier(string pass)
    {
        this.pass = pass;
        hasShapes = pass != "BuildGraph";
        isLowered = hasShapes && pass != "InferShapes";
    }

    /// <param name="pass">The pass that wrote the graph: shapes are there from <c>InferShapes</c> on, and only primitives from <c>Lower</c> on.</param>
    public static void Verify(Graph graph, string pass)
    {
        GraphVerifier verifier = new(pass);
        verifier.Check(graph, OutputRole.Result, OutputRole.Gradient);
        verifier.CheckGradients(graph);
    }

    private void Check(Graph graph, params OutputRole[] roles)
    {
        HashSet<Node> known = [];
        foreach (Node node in graph.Nodes)
        {
            Require(node.Inputs.All(known.Contains), node, "an input comes later or belongs to another graph");
            Require(known.Add(node), node, "the node is there twice");
            Check(node);
        }

        Require(graph.Nodes.Select(node => node.Id).Distinct().Count() == graph.Nodes.Length, null, $"two nodes of '{graph.Name}' have the same number");
        foreach (GraphOutput output in graph.Outputs)
        {
            Require(known.Contains(output.Value), output.Value, $"the output '{output.Name}' belongs to another graph");
            Require(roles.Contains(output.Role), output.Value, $"the output '{output.Name}' has the role {output.Role}");
        }
    }

    private void Check(Node node)
    {
        Require(!isLowered || node.Op is PrimitiveOp, node, "words and layers are gone after Lower");
        if (node.Is<Loop>())
        {
            CheckLoop(node);
        }
        else if (hasShapes)
        {
            Require(node.MaybeShape is not null, node, "the shape is missing");
            string? problem = isLowered ? PrimitiveShapes.Problem(node) : null;
            Require(problem is null, node, problem ?? string.Empty);
        }
    }

    private void CheckLoop(Node loop)
    {
        Graph body = loop.Body!;
        int carried = loop.Attributes.Get<int>("carried");
        int stacked = loop.Attributes.Get<int>("stacked");
        Require(carried + stacked <= loop.Inputs.Length, loop, "more inputs are counted than there are");
        Check(body, OutputRole.Carried, OutputRole.Stacked);
        for (int index = 0; index < body.Outputs.Length; index++)
        {
            Require((body.Outputs[index].Role == OutputRole.Carried) == (index < carried), loop, $"output {index} of the body has the role {body.Outputs[index].Role}");
            Require(!isLowered || index >= carried || body.Outputs[index].Value.Shape == loop.Inputs[index].Shape, loop, $"'{body.Outputs[index].Name}' leaves an iteration with another shape");
        }

        foreach (Node input in body.Nodes.Where(node => node.Is<BodyInput>()))
        {
            string? problem = LoopShapes.Problem(loop, input, isLowered);
            Require(problem is null, input, problem ?? string.Empty);
        }
    }

    private void CheckGradients(Graph graph)
    {
        Dictionary<string, Node> parameters = graph.Nodes.Where(node => node.Is<Ops.Parameter>()).ToDictionary(node => node.Attributes.Get<string>("name"));
        GraphOutput[] gradients = [.. graph.Outputs.Where(output => output.Role == OutputRole.Gradient)];
        Require(gradients.Select(output => output.Name).Distinct().Count() == gradients.Length, null, $"a parameter of '{graph.Name}' has two gradients");
        foreach (GraphOutput gradient in gradients.Where(output => parameters.ContainsKey(output.Name)))
        {
            Require(gradient.Value.Shape == parameters[gradient.Name].Shape, gradient.Value, $"the gradient of {gradient.Name} has another shape");
        }
    }

    private void Require(bool condition, Node? node, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"After {pass}: {problem}{(node is null ? string.Empty : $", at {node}")}.");
        }
    }
}
