using System.Collections.Generic;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Build;

/// <summary>The builder of the entry itself, or of a loop's body with what it captured from around.</summary>
internal sealed class LoopScope(GraphBuilder builder, int loop, LoopScope? outer)
{
    private readonly Dictionary<Node, Node> imported = [];
    private readonly HashSet<Node> own = [];

    public GraphBuilder Builder { get; } = builder;

    /// <summary>Gets the loop's number; 0 is the entry itself.</summary>
    public int Loop { get; } = loop;

    public LoopScope? Outer { get; } = outer;

    /// <summary>Gets the values of the scope around that the body uses, in the order of its captured inputs.</summary>
    public List<Node> Captured { get; } = [];

    public Node Own(Node node)
    {
        own.Add(node);
        return node;
    }

    /// <summary>The value as this scope knows it: its own, or a captured input.</summary>
    public Node Import(Node node)
    {
        if (Outer is null || own.Contains(node))
        {
            return node;
        }

        if (!imported.TryGetValue(node, out Node? known))
        {
            Node around = Outer.Import(node);
            known = Own(Builder.Add(
                Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", BodyInput.Captured).With("index", Captured.Count), around.MaybeShape, around.Type));
            imported[node] = known;
            Captured.Add(around);
        }

        return known;
    }
}
