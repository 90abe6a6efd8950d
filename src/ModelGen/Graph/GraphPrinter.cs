using System.Linq;
using System.Text;
using ModelGen.Specs;

namespace ModelGen.Graphs;

/// <summary>Prints a graph for people: a line per node, loops indented.</summary>
/// <example><code>
/// graph Predict
///   %0 = Input {name=input} : [batch, 784]
///   %1 = Dense %0 {layer=Dense1, width=128} : [batch, 128]    // Dense1(input)
///   return output=%1
/// </code></example>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        StringBuilder text = new();
        text.Append("graph ").Append(graph.Name).Append('\n');
        Append(text, graph, "  ");
        return text.ToString();
    }

    public static string Line(Node node)
    {
        StringBuilder text = new();
        text.Append('%').Append(node.Id).Append(" = ").Append(node.Op.Name);
        text.Append(string.Concat(node.Inputs.Select(input => " %" + input.Id)));
        if (!node.Attributes.IsEmpty)
        {
            text.Append(" {").Append(node.Attributes).Append('}');
        }

        if (node.MaybeShape is { } shape)
        {
            text.Append(" : ").Append(node.Type == TensorType.Int ? "int" : string.Empty).Append(shape);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Graph graph, string indent)
    {
        foreach (Node node in graph.Nodes)
        {
            string comment = node.Origin.Text.Length > 0 ? (node.Origin.IsGradient ? "    // back through " : "    // ") + node.Origin.Text : string.Empty;
            text.Append(indent).Append(Line(node)).Append(comment).Append('\n');
            if (node.Body is { } body)
            {
                Append(text, body, indent + "  ");
            }
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            text.Append(indent).Append(Verb(output.Role)).Append(' ').Append(output.Name).Append(" = %").Append(output.Value.Id).Append('\n');
        }
    }

    private static string Verb(OutputRole role) => role switch
    {
        OutputRole.Result => "return",
        OutputRole.Gradient => "gradient",
        OutputRole.Carried => "carry",
        _ => "stack",
    };
}
