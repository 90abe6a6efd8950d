using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes.Gradients;
using ModelGen.Specs;

namespace ModelGen.Passes;

/// <summary>
/// Adds the gradients of the first result, by reverse accumulation: every node hands the gradient of its value on to its inputs.
/// </summary>
/// <example><code>
/// %2 = Mul %0 %1            %2 = Mul %0 %1
/// return loss = %2     →    gradient w = …       // the sum of what every user of w hands back
/// </code></example>
internal static class Differentiate
{
    /// <param name="trains">Which parameters receive gradients, as the beginning of their names up to a dot; null for all.</param>
    public static Graph Run(Graph graph, string? trains)
    {
        GraphBuilder builder = new(graph.Name);
        ForwardCopy copy = new(builder);
        copy.Copy(graph.Nodes);
        foreach (GraphOutput output in graph.Outputs)
        {
            builder.Output(output.Name, output.Role, copy.Of(output.Value));
        }

        Node[] parameters = [.. builder.Nodes.Where(node => node.Is<Parameter>() && Trained(node, trains))];
        Node loss = copy.Of(graph.Results.First());
        builder.Origin = new Origin("dLoss", "dLoss = 1", 0);
        Sweep sweep = new(builder, copy, parameters);
        sweep.Seed(loss, builder.Constant(1));
        sweep.Run(builder.Nodes.ToImmutableArray());
        foreach (Node parameter in parameters)
        {
            string name = parameter.Attributes.Get<string>("name");
            builder.Origin = new Origin("d" + name, name, 0) { IsGradient = true };
            builder.Output(name, OutputRole.Gradient, sweep.Gradient(parameter) ?? builder.Fill(0, parameter.Shape));
        }

        return builder.Build();
    }

    /// <summary>The names of the parameters that a loss depends on and may train.</summary>
    public static IEnumerable<string> Trained(Graph graph, string? trains) =>
        graph.Nodes.Where(node => node.Is<Parameter>() && Trained(node, trains)).Select(node => node.Attributes.Get<string>("name"));

    /// <summary>Why no parameter can receive a gradient, as the end of a sentence about the loss; null where one can.</summary>
    public static string? Obstacle(Graph graph, string? trains)
    {
        bool reaches = Run(graph, trains).Outputs.Where(output => output.Role == OutputRole.Gradient).Any(output => !Simplifying.Arithmetic.IsConstant(output.Value, 0));
        return reaches || !Trained(graph, trains: null).Any() ? null : "has no gradient with respect to any parameter: comparisons and StopGradient pass none on, so use words that do, or make it a [Metric]";
    }

    private static bool Trained(Node parameter, string? trains)
    {
        string name = parameter.Attributes.Get<string>("name");
        return trains is null || name == trains || name.StartsWith(trains + ".", System.StringComparison.Ordinal);
    }

    /// <summary>Whether gradients can flow through a value.</summary>
    internal static bool IsDifferentiable(Node node) => node.Type == TensorType.Float;
}
