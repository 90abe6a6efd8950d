using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using ModelGen.Diagnostics;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>What a shape rule sees: the node, its inputs' shapes, the names in scope, and a place to report to.</summary>
internal sealed class ShapeContext(Node node, Action<DiagnosticSpec> report)
{
    public Node Node { get; } = node;

    public AttributeSet Attributes => Node.Attributes;

    public ImmutableArray<Node> Inputs => Node.Inputs;

    /// <summary>The shape of an input, the first unless said.</summary>
    public Shape Input(int index = 0) => Node.Inputs[index].Shape;

    public void Report(string id, params string[] arguments) => report(DiagnosticSpec.Of(id, Node.Origin.Place, arguments));

    public Shape Mismatch(string message, Shape recovery)
    {
        Report(DiagnosticCatalog.ShapeMismatch, message);
        return recovery;
    }

    /// <summary>Reports an argument that the word cannot work with.</summary>
    public void Require(bool holds, string message)
    {
        if (!holds)
        {
            Report(DiagnosticCatalog.BadArgument, message);
        }
    }

    /// <summary>An input as messages name it: <c>fc1(x) gives [batch, 128]</c>.</summary>
    public string Describe(int index) => $"'{Node.Inputs[index].Origin.Text}' gives {Input(index)}";

    /// <summary>An input as the object of a sentence: <c>'fc1(x)', which is [batch, 128],</c>.</summary>
    public string Named(int index) => $"'{Node.Inputs[index].Origin.Text}', which is {Input(index)},";

    /// <summary>Counts a negative axis from the end, and reports one that the shape does not have.</summary>
    public bool TryAxis(int axis, int rank, out int counted)
    {
        counted = axis < 0 ? axis + rank : axis;
        bool exists = counted >= 0 && counted < rank;
        if (!exists)
        {
            string fix = rank == 0 ? "a single number has no axis, so leave the word out" : $"use an axis from {-rank} to {rank - 1}";
            Report(DiagnosticCatalog.AxisOutOfRange, $"{Node.Op.Name} works along axis {axis}, but {Describe(0)}: {fix}");
        }

        return exists;
    }
}

/// <summary>What the lowering of a composite sees.</summary>
internal sealed class LowerContext(Node node, ImmutableArray<Node> inputs, GraphBuilder builder, IParameterTable parameters, bool training, Func<Node, bool> isReadOnce)
{
    public Node Node { get; } = node;

    public AttributeSet Attributes => Node.Attributes;

    public ImmutableArray<Node> Inputs { get; } = inputs;

    public Node Input => Inputs[0];

    public GraphBuilder Builder { get; } = builder;

    /// <summary>Gets what a layer gives behind its first result, in order.</summary>
    public List<Node> Further { get; } = [];

    /// <summary>Gets a value indicating whether this is the training path: dropout is on.</summary>
    public bool Training { get; } = training;

    /// <summary>Whether a value of the graph that is lowered has one reader, outputs included.</summary>
    public bool IsReadOnce(Node value) => isReadOnce(value);

    /// <summary>A parameter of the layer, created at its first use.</summary>
    public Node Parameter(string name, Shape shape, Initializer initializer) => parameters.Parameter(Builder, Node, name, shape, initializer);

    /// <summary>Applies a word of one input by its name; <c>None</c> leaves the value as it is.</summary>
    /// <param name="body">The body of a loop, where the value belongs to one.</param>
    public Node Apply(string word, Node x, GraphBuilder? body = null) => OpCatalog.Find(word) switch
    {
        ElementwiseOp op => (body ?? Builder).Elementwise(op, x),
        CompositeOp op => op.Lower(new LowerContext(Node, [x], body ?? Builder, parameters, Training, isReadOnce)),
        _ => word is "None" or "" ? x : throw new NotSupportedException($"'{word}' is no word of one input."),
    };

    /// <summary>The random site of a layer, with an occurrence that no other call of the same layer in the same pass has.</summary>
    public AttributeSet RandomSite() => parameters.RandomSite(Builder, Node);
}

/// <summary>Hands out the parameters and random sites of layers while a graph is lowered.</summary>
internal interface IParameterTable
{
    Node Parameter(GraphBuilder builder, Node layer, string name, Shape shape, Initializer initializer);

    AttributeSet RandomSite(GraphBuilder builder, Node layer);
}

/// <summary>What a gradient rule sees: the forward node, the gradient of its result, and the builder to write into.</summary>
internal sealed class GradientContext(Node node, Node dY, GraphBuilder builder)
{
    public Node Node { get; } = node;

    public Node DY { get; } = dY;

    public GraphBuilder Builder { get; } = builder;

    public AttributeSet Attributes => Node.Attributes;

    public ImmutableArray<Node> Inputs => Node.Inputs;

    public Node Input => Node.Inputs[0];
}
