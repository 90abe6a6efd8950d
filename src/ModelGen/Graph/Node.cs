using System.Collections.Immutable;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Graphs;

/// <summary>Where a node comes from: the user's name for it, the user's expression, and its place for diagnostics.</summary>
internal sealed record Origin(string Name, string Text, int Place)
{
    /// <summary>Gets what distinguishes a value on the way to the named one, such as the maximum within a softmax; null for the named one itself.</summary>
    public string? Part { get; init; }

    /// <summary>Gets the word or layer that the value was lowered from, for those that are no primitives: <c>LayerNorm</c>.</summary>
    public string? Word { get; init; }

    /// <summary>Gets a value indicating whether the value belongs to a gradient: its text is then the expression that the gradient goes back through.</summary>
    public bool IsGradient { get; init; }

    /// <summary>Gets the name of this value among all values.</summary>
    public string FullName => Name + Part;

    public static Origin None { get; } = new(string.Empty, string.Empty, 0);

    public Origin Named(string name) => this with { Name = name };
}

/// <summary>One value of a graph in single-assignment form: an op applied to earlier nodes.</summary>
internal sealed class Node(int id, Op op, ImmutableArray<Node> inputs, AttributeSet attributes, Shape? shape, TensorType type, Origin origin, Graph? body)
{
    /// <summary>Gets the number that orders the nodes of a graph.</summary>
    public int Id { get; } = id;

    public Op Op { get; } = op;

    public ImmutableArray<Node> Inputs { get; } = inputs;

    public AttributeSet Attributes { get; } = attributes;

    /// <summary>Gets the shape; it is missing until <c>InferShapes</c> has run, and stays so on a loop, whose values its results carry.</summary>
    public Shape? MaybeShape { get; } = shape;

    public Shape Shape => MaybeShape!;

    public TensorType Type { get; } = type;

    /// <summary>Gets where the node comes from. It names the value, and changes nothing about it.</summary>
    public Origin Origin { get; private set; } = origin;

    /// <summary>Gets the body of a loop.</summary>
    public Graph? Body { get; } = body;

    public Node Input => Inputs[0];

    public bool Is<TOp>()
        where TOp : Op => Op is TOp;

    public void Rename(Origin name) => Origin = name;

    public override string ToString() => GraphPrinter.Line(this);
}
