using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A way through a sequence: one layer of several, in one direction.</summary>
/// <param name="Index">Which of all passes it is.</param>
internal sealed record RecurrentPass(LowerContext Context, int Index, int Layer, bool IsReverse)
{
    public int Width => Context.Attributes.Get<int>("width");

    /// <summary>Gets what the names of the parameters end with: <c>l0</c>, <c>l1_reverse</c>.</summary>
    public string Place => "l" + Layer.ToString(CultureInfo.InvariantCulture) + (IsReverse ? "_reverse" : string.Empty);

    /// <summary>Gets what distinguishes the values of this way from those of others.</summary>
    public string Suffix => (Layer > 0 ? (Layer + 1).ToString(CultureInfo.InvariantCulture) : string.Empty) + (IsReverse ? "Reverse" : string.Empty);

    /// <summary>The passes of a layer: both directions of the first, then those of the next.</summary>
    public static IEnumerable<RecurrentPass> All(LowerContext context)
    {
        ImmutableArray<bool> directions = Directions(context.Attributes);
        return Enumerable.Range(0, context.Attributes.Get("layers", 1) * directions.Length)
            .Select(index => new RecurrentPass(context, index, index / directions.Length, directions[index % directions.Length]));
    }

    /// <summary>For each direction whether it is the reverse one.</summary>
    public static ImmutableArray<bool> Directions(AttributeSet attributes) => attributes.Get("bidirectional", false) ? [false, true] : [false];

    public string Named(string part) => part + Suffix;
}

/// <summary>The parameters of one way: <c>weight_ih [gates·width, in]</c>, <c>weight_hh [gates·width, width]</c>, and a bias for each.</summary>
internal sealed record RecurrentWeights(Node Input, Node Hidden, Node InputBias, Node HiddenBias)
{
    public static RecurrentWeights Of(RecurrentPass pass, int gates, Dim size)
    {
        int rows = gates * pass.Width;
        Initializer otherwise = Initializer.Uniform(1 / Math.Sqrt(pass.Width));
        return new RecurrentWeights(Weight("weight_ih_", size), Weight("weight_hh_", pass.Width), Bias("bias_ih_"), Bias("bias_hh_"));

        Node Weight(string name, Dim columns) =>
            pass.Context.Parameter(name + pass.Place, Shape.Of(rows, columns), Initializer.Resolve(pass.Context.Attributes, otherwise, columns.Value, rows));

        Node Bias(string name) => pass.Context.Parameter(name + pass.Place, Shape.Of(rows), otherwise);
    }
}

/// <summary>One step within the loop.</summary>
/// <param name="Inputs">What the step's input brings to the gates, with biases: <c>[batch, gates·width]</c>.</param>
/// <param name="Hidden">What the hidden state brings to them.</param>
/// <param name="Before">The states before the step, <c>[batch, width]</c> each.</param>
internal sealed record RecurrentStep(RecurrentPass Pass, GraphBuilder Builder, Node Inputs, Node Hidden, ImmutableArray<Node> Before)
{
    public Node Part(string name, Func<GraphBuilder, Node> write) => Builder.Part(Pass.Named(name), write);

    /// <summary>The part of a value that belongs to a gate.</summary>
    public Node GateOf(Node all, int gate) => Builder.Slice(all, 1, gate * Pass.Width, Pass.Width);
}

/// <summary>Pieces of recurrent layers.</summary>
internal static class RecurrentPieces
{
    /// <summary>Adds vectors along the last axis.</summary>
    public static Node Biased(this GraphBuilder builder, Node x, IEnumerable<Node> biases) =>
        biases.Aggregate(x, (sum, bias) => builder.Add(sum, builder.Broadcast(bias, x.Shape, [x.Shape.Rank - 1])));
}
