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
    /// <param name="trains">The prefix of the parameters that receive gradients; null for all.</param>
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
        builder.Origin = new Origin("dLoss", "d loss = 1", 0);
        Sweep sweep = new(builder, copy, parameters);
        sweep.Seed(loss, builder.Constant(1));
        sweep.Run(builder.Nodes.ToImmutableArray());
        foreach (Node parameter in parameters)
        {
            string name = parameter.Attributes.Get<string>("name");
            builder.Origin = new Origin("d" + name, "gradient of " + name, 0);
            builder.Output(name, OutputRole.Gradient, sweep.Gradient(parameter) ?? builder.Fill(0, parameter.Shape));
        }

        return builder.Build();
    }

    private static bool Trained(Node parameter, string? trains)
    {
        string name = parameter.Attributes.Get<string>("name");
        return trains is null || name.StartsWith(trains, System.StringComparison.Ordinal);
    }

    /// <summary>Whether gradients can flow through a value.</summary>
    internal static bool IsDifferentiable(Node node) => node.Type == TensorType.Float;
}
