using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes;

/// <summary>Numbers the inputs of a loop's body anew, without those that the body does not use. What is carried stays.</summary>
internal sealed class BodyInputs : Rewriter
{
    private readonly ImmutableArray<int> captured;
    private int depth;

    public BodyInputs(Graph body, GraphBuilder around, int carried, int stacked, int captured)
    {
        Stacked = UsedOf(body, BodyInput.Stacked, stacked);
        this.captured = UsedOf(body, BodyInput.Captured, captured);
        Used = [.. Enumerable.Range(0, carried), .. Stacked.Select(index => carried + index), .. this.captured.Select(index => carried + stacked + index)];
        Body = Rewrite(body, around);
    }

    public ImmutableArray<int> Stacked { get; }

    /// <summary>Gets the loop's inputs that are still needed.</summary>
    public ImmutableArray<int> Used { get; }

    public Graph Body { get; }

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body) =>
        node.Is<BodyInput>() && depth == 1 ? Renumber(builder, node) : builder.Copy(node, inputs, body);

    protected override void Begin(GraphBuilder builder, Graph graph) => depth++;

    protected override void End(GraphBuilder builder) => depth--;

    private Node Renumber(GraphBuilder builder, Node node)
    {
        int index = node.Attributes.Get<int>("index");
        string kind = node.Attributes.Get<string>("kind");
        int renumbered = kind == BodyInput.Carried ? index : (kind == BodyInput.Stacked ? Stacked : captured).IndexOf(index);
        return builder.Add(node.Op, [], node.Attributes.With("index", renumbered), node.Shape, node.Type);
    }

    private static ImmutableArray<int> UsedOf(Graph body, string kind, int count)
    {
        HashSet<int> used = [.. body.Nodes.Where(node => node.Is<BodyInput>() && node.Attributes.Get<string>("kind") == kind).Select(node => node.Attributes.Get<int>("index"))];
        return [.. Enumerable.Range(0, count).Where(used.Contains)];
    }
}
