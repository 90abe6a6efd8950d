using System.Collections.Generic;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>
/// Lets only the last node of an expression bear the user's name for it; the nodes on the way are named after their ops.
/// </summary>
/// <example><code>
/// %3 = ReduceMax %2     // probs = Softmax(x)     →    probsMax, unless the op names it
/// …
/// %9 = Div %7 %8        // probs = Softmax(x)     →    probs
/// </code></example>
internal sealed class NameValues : Rewriter
{
    private readonly Stack<HashSet<Node>> last = new();

    public static Graph Run(Graph graph) => new NameValues().Rewrite(graph);

    protected override void Begin(GraphBuilder builder, Graph graph) =>
        last.Push([.. graph.Nodes.GroupBy(node => node.Origin).Select(expression => expression.Last())]);

    protected override void End(GraphBuilder builder) => last.Pop();

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body)
    {
        builder.Origin = node.Origin;
        Node copy = builder.Copy(node, inputs, body);
        bool isNamed = last.Peek().Contains(node) || node.Origin.Name.Length == 0 || node.Op is SourceOp or LoopResult;
        copy.Rename(isNamed ? node.Origin : node.Origin with { Part = node.Origin.Part + PartOf(node) });
        return copy;
    }

    private static string PartOf(Node node) => node.Op switch
    {
        ReduceSum => "Sum",
        ReduceMax => "Max",
        ReduceProduct => "Product",
        MatrixProduct => "Product",
        Add => "Added",
        Sub => "Difference",
        Neg => "Negative",
        Mul => "Scaled",
        Div => "Quotient",
        Greater or GreaterEqual or Less or LessEqual or Equal or NotEqual => "Mask",
        Where => "Chosen",
        Ops.Random => "Uniform",
        _ => node.Op.Name,
    };
}
