using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>Calculates equal expressions once.</summary>
/// <example><code>
/// %3 = Exp %1
/// %4 = Exp %1     →    every use of %4 uses %3
/// </code></example>
internal sealed class ShareSubexpressions : Rewriter
{
    private readonly Stack<Dictionary<string, Node>> known = new();

    public static Graph Run(Graph graph) => new ShareSubexpressions().Rewrite(graph);

    protected override void Begin(GraphBuilder builder, Graph graph) => known.Push([]);

    protected override void End(GraphBuilder builder) => known.Pop();

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body)
    {
        if (node.Op is Loop)
        {
            return builder.Copy(node, inputs, body);
        }

        string key = $"{node.Op.Name}({string.Join(",", inputs.Select(input => input.Id))}){{{node.Attributes}}}{node.Shape}{node.Type}";
        if (!known.Peek().TryGetValue(key, out Node? first))
        {
            known.Peek()[key] = first = builder.Copy(node, inputs);
        }

        return first;
    }
}
