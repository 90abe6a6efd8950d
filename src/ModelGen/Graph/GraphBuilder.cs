using System.Collections.Generic;
using System.Linq;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Graphs;

/// <summary>Writes a graph, node after node. A loop's body has a builder of its own, whose parent is the builder around the loop.</summary>
internal sealed class GraphBuilder(string name, GraphBuilder? parent = null)
{
    private readonly List<Node> nodes = [];
    private readonly List<GraphOutput> outputs = [];
    private readonly Counter counter = parent?.counter ?? new Counter();

    public string Name { get; } = name;

    public GraphBuilder? Parent { get; } = parent;

    /// <summary>Gets or sets the origin of the nodes that are added next.</summary>
    public Origin Origin { get; set; } = Origin.None;

    public IReadOnlyList<Node> Nodes => nodes;

    public IReadOnlyList<GraphOutput> Outputs => outputs;

    /// <summary>Writes a value on the way to the one that is being written, under a name of its own: the <c>Mean</c> within a LayerNorm.</summary>
    public Node Part(string name, System.Func<GraphBuilder, Node> write)
    {
        Origin whole = Origin;
        Origin = whole with { Part = whole.Part + name };
        Node part = write(this);
        Origin = whole;
        return part;
    }

    public Node Add(Op op, IEnumerable<Node> inputs, AttributeSet? attributes = null, Shape? shape = null, TensorType type = TensorType.Float, Graph? body = null)
    {
        Node node = new(counter.Next(), op, [.. inputs], attributes ?? AttributeSet.Empty, shape, type, Origin, body);
        nodes.Add(node);
        return node;
    }

    /// <summary>Adds a node like another one, with other inputs.</summary>
    public Node Copy(Node node, IEnumerable<Node> inputs, Graph? body = null)
    {
        Node copy = new(counter.Next(), node.Op, [.. inputs], node.Attributes, node.MaybeShape, node.Type, node.Origin, body ?? node.Body);
        nodes.Add(copy);
        return copy;
    }

    public void Output(string name, OutputRole role, Node value) => outputs.Add(new GraphOutput(name, role, value));

    /// <summary>Moves sources, which need nothing before them, to the front.</summary>
    public Graph Build() =>
        new(Name, [.. nodes.Where(node => node.Op is SourceOp).Concat(nodes.Where(node => node.Op is not SourceOp))], [.. outputs]);

    private sealed class Counter
    {
        private int next;

        public int Next() => next++;
    }
}
