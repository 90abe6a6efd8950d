using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// A layer that goes through a sequence step by step: <c>[batch, time, in] → [batch, time, width]</c>, or <c>2 · width</c> where it is <c>bidirectional</c>; several
/// <c>layers</c> go one after another over what the one before gave. Further inputs are the states to begin with, and with <c>mask</c> which steps there are.
/// </summary>
/// <remarks>
/// What the inputs of all steps bring to the gates is one product before the loop. The loop works on stacks of time, <c>[time, batch, ..]</c>.
/// Parameters have PyTorch's names and start uniform within ±1/√width.
/// </remarks>
internal abstract class RecurrentLayer : LayerOp, IManyResults
{
    /// <summary>Gets the number of gates, whose rows lie one after another in the weights.</summary>
    protected abstract int Gates { get; }

    /// <summary>Gets the names of what a step hands to the next; the first one is what the layer gives.</summary>
    protected abstract ImmutableArray<string> States { get; }

    /// <summary>Gets a value indicating whether the hidden state's bias belongs to its product, and not to that of the inputs.</summary>
    protected virtual bool KeepsHiddenBias => false;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        int width = context.Attributes.Get<int>("width") * RecurrentPass.Directions(context.Attributes).Length;
        if (x.Rank != 3)
        {
            return context.Mismatch($"{Name} goes through sequences [batch, time, in], but {context.Describe(0)}: Reshape or Unsqueeze it", Shape.Of(Dim.One, Dim.One, width));
        }

        int mask = context.Attributes.Has("mask") ? context.Inputs.Length - 1 : context.Inputs.Length;
        for (int index = 1; index < context.Inputs.Length; index++)
        {
            Shape wanted = index == mask ? Shape.Of(x[0], x[1]) : ShapeOf(context.Node);
            if (context.Input(index) != wanted)
            {
                context.Mismatch($"{Name} over {context.Named(0)} needs {(index == mask ? "a mask" : "a state")} of shape {wanted}, but {context.Describe(index)}: change one of the shapes", x);
            }
        }

        return x.With(2, width);
    }

    /// <summary>A state: <c>[batch, width]</c>, or <c>[batch, layers · directions, width]</c> where there are several, in PyTorch's order.</summary>
    public Shape ShapeOf(Node node)
    {
        int passes = node.Attributes.Get("layers", 1) * RecurrentPass.Directions(node.Attributes).Length;
        Dim width = node.Attributes.Get<int>("width");
        Dim batch = node.Input.Shape.Rank > 0 ? node.Input.Shape[0] : Dim.One;
        return passes == 1 ? Shape.Of(batch, width) : Shape.Of(batch, passes, width);
    }

    public override Node Lower(LowerContext context)
    {
        GraphBuilder builder = context.Builder;
        Node sequence = builder.Part("Steps", part => part.Permute(context.Input, [1, 0, 2]));
        Node? mask = context.Attributes.Has("mask") ? builder.Part("Mask", part => part.Permute(context.Inputs[context.Inputs.Length - 1], [1, 0])) : null;
        ImmutableArray<Node> initial = [.. context.Inputs.Skip(1).Take(context.Inputs.Length - (mask is null ? 1 : 2))];
        List<RecurrentResult> results = [];
        foreach (IGrouping<int, RecurrentPass> layer in RecurrentPass.All(context).GroupBy(pass => pass.Layer))
        {
            Node input = sequence;
            RecurrentResult[] passes = [.. layer.Select(pass => Run(pass, input, mask, initial))];
            results.AddRange(passes);
            sequence = builder.Part("Layer", part => part.Concat(2, [.. passes.Select(pass => pass.Steps)]));
        }

        context.Further.AddRange(States.Select((name, index) => builder.Part("Last" + name, part => Joined(part, context.Node, [.. results.Select(result => result.Last[index])]))));
        return builder.Permute(sequence, [1, 0, 2]);
    }

    /// <summary>One step: the states after it.</summary>
    /// <param name="step">Where to write, and the step's part of the inputs' product.</param>
    protected abstract ImmutableArray<Node> Step(RecurrentStep step);

    /// <summary>Goes through <c>[time, batch, in]</c>.</summary>
    private RecurrentResult Run(RecurrentPass pass, Node sequence, Node? mask, ImmutableArray<Node> initial)
    {
        GraphBuilder builder = pass.Context.Builder;
        RecurrentWeights weights = RecurrentWeights.Of(pass, Gates, sequence.Shape[2]);
        Node inputs = builder.Part(pass.Named("Inputs"), part => part.Biased(
            part.RowsTimes(sequence, weights.Input, transposeB: true), KeepsHiddenBias ? [weights.InputBias] : [weights.InputBias, weights.HiddenBias]));
        LoopBuilder loop = new(builder, pass.Context.Attributes.Get<string>("path") + pass.Suffix, sequence.Shape[0], pass.IsReverse);
        ImmutableArray<Node> before = [.. States.Select((name, index) => loop.Carried(builder.Part(pass.Named("First" + name), part => First(part, pass, sequence.Shape[1], initial, index))))];
        Node hidden = loop.Body.Part(pass.Named("FromHidden"), part => part.Biased(
            part.MatMul(before[0], loop.Captured(weights.Hidden), transposeB: true), KeepsHiddenBias ? [loop.Captured(weights.HiddenBias)] : []));
        ImmutableArray<Node> after = Step(new RecurrentStep(pass, loop.Body, loop.Stacked(inputs), hidden, before));
        Node given = after[0];
        if (mask is not null)
        {
            // A step that is not there gives zeros and leaves the states as they are.
            Node exists = loop.Body.Part(pass.Named("Exists"), part => part.Broadcast(loop.Stacked(mask), given.Shape, [0]));
            given = loop.Body.Part(pass.Named("Given"), part => part.Elementwise<Where>(exists, after[0], part.Constant(0)));
            after = [.. after.Select((state, index) => loop.Body.Part(pass.Named("Kept" + States[index]), part => part.Elementwise<Where>(exists, state, before[index])))];
        }

        for (int index = 0; index < States.Length; index++)
        {
            loop.Carry(pass.Named(States[index]), after[index]);
        }

        loop.Stack(pass.Named(States[0]) + "Steps", given);
        Node[] results = loop.Finish();
        return new RecurrentResult(results[States.Length], [.. results.Take(States.Length)]);
    }

    /// <summary>The state that a pass begins with: zeros unless the user gives one.</summary>
    private static Node First(GraphBuilder builder, RecurrentPass pass, Dim batch, ImmutableArray<Node> initial, int state)
    {
        Shape shape = Shape.Of(batch, pass.Width);
        return initial.IsEmpty ? builder.Fill(0, shape)
            : initial[state].Shape.Rank == 2 ? initial[state]
            : builder.Reshape(builder.Slice(initial[state], 1, pass.Index, Dim.One), shape);
    }

    /// <summary>The states behind the last step of all passes, as the user receives them.</summary>
    private Node Joined(GraphBuilder builder, Node node, ImmutableArray<Node> states) =>
        states.Length == 1 ? states[0] : builder.Concat(1, [.. states.Select(state => builder.Reshape(state, ShapeOf(node).With(1, Dim.One)))]);
}

/// <summary>What one pass gives.</summary>
/// <param name="Steps">For every step, <c>[time, batch, width]</c>.</param>
/// <param name="Last">The states behind the last step, <c>[batch, width]</c> each.</param>
internal sealed record RecurrentResult(Node Steps, ImmutableArray<Node> Last);
