using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Passes.Gradients;

/// <summary>
/// The gradient of a loop: a loop in the other direction. The forward loop keeps, one per iteration, the values that its gradient cannot calculate
/// again cheaply; the backward loop carries the gradients of what was carried and the growing gradients of what was captured, and stacks those of what was stacked.
/// </summary>
internal sealed class LoopGradient
{
    private readonly int carried;
    private readonly int stacked;
    private readonly int results;
    private readonly Graph body;
    private readonly ImmutableArray<Node> saved;
    private readonly ImmutableArray<int> savedResults;
    private readonly GraphBuilder forwardBuilder;
    private readonly BodySweep sweep;
    private Node loop = null!;
    private ImmutableArray<Node> savedStacks;

    public LoopGradient(Node node, GraphBuilder around)
    {
        body = node.Body!;
        carried = node.Attributes.Get<int>("carried");
        stacked = node.Attributes.Get<int>("stacked");
        results = body.Outputs.Length;
        forwardBuilder = new GraphBuilder(body.Name, around);
        sweep = new BodySweep(body, forwardBuilder);
        saved = sweep.Saved;
        savedResults = [.. saved.Select(value => ResultOf(IsCarried(value) ? AfterIteration(value) : value))];
        Forward = forwardBuilder.Build();
        Attributes = node.Attributes;
    }

    /// <summary>Gets the body with further stacked results.</summary>
    public Graph Forward { get; }

    public AttributeSet Attributes { get; }

    /// <summary>Takes the augmented loop, and names what it saves in the graph around, where an outer loop may have to save it in turn.</summary>
    public void Bind(Node copied, GraphBuilder around)
    {
        loop = copied;
        savedStacks = [.. saved.Select((value, index) =>
        {
            around.Origin = new Origin(SavedName(value), value.Origin.Text, value.Origin.Place);
            Node stack = around.LoopResult(copied, savedResults[index], Stack(value.Shape), value.Type);
            return IsCarried(value) ? BeforeIterations(around, value, copied.Inputs[value.Attributes.Get<int>("index")], stack) : stack;
        })];
    }

    /// <summary>
    /// What is carried into the iterations is what the iterations before carried out, and the first value: one stack serves both.
    /// </summary>
    private Node BeforeIterations(GraphBuilder around, Node value, Node first, Node after)
    {
        Dim count = Attributes.Get<Dim>("count");
        bool reverse = Attributes.Get("reverse", false);
        around.Origin = around.Origin.Named(value.Origin.FullName + "All");
        Node single = around.Reshape(first, Shape.Of([Dim.One, .. first.Shape]));
        Node all = reverse ? around.Concat(0, after, single) : around.Concat(0, single, after);
        around.Origin = around.Origin.Named(value.Origin.FullName + "Before");
        return around.Slice(all, 0, reverse ? Dim.One : Dim.Zero, count);
    }

    private Node AfterIteration(Node carriedInput) => forwardBuilder.Outputs[carriedInput.Attributes.Get<int>("index")].Value;

    private static bool IsCarried(Node value) => value.Is<BodyInput>() && value.Attributes.Get<string>("kind") == BodyInput.Carried && value.Type == TensorType.Float;

    /// <summary>The stacked result that keeps a value; a new one unless the loop keeps it anyway.</summary>
    private int ResultOf(Node value)
    {
        int known = forwardBuilder.Outputs.ToList().FindIndex(output => output.Role == OutputRole.Stacked && output.Value == value);
        if (known < 0)
        {
            forwardBuilder.Output(SavedName(value), OutputRole.Stacked, value);
        }

        return known < 0 ? forwardBuilder.Outputs.Count - 1 : known;
    }

    /// <summary>Writes the backward loop, and returns the gradients of the loop's inputs.</summary>
    /// <param name="gradients">The gradients of the loop's results, by index; those that are missing are zero.</param>
    public ImmutableArray<Node?> Write(GraphBuilder builder, IReadOnlyDictionary<int, Node> gradients)
    {
        builder.Origin = loop.Origin with { Text = string.Empty };
        BackwardBody backward = sweep.Backward(builder, carried, stacked);
        List<Node> inputs = [];
        inputs.AddRange(Enumerable.Range(0, carried).Select(index => GradientOf(index, body.Outputs[index].Value.Shape)));
        inputs.AddRange(backward.Captured.Select(shape => builder.Fill(0, shape)));
        inputs.AddRange(backward.UsedStacked.Select(index => loop.Inputs[carried + index]));
        inputs.AddRange(savedStacks);
        inputs.AddRange(Enumerable.Range(carried, results - carried).Select(index => GradientOf(index, Stack(body.Outputs[index].Value.Shape))));
        int stackedInputs = inputs.Count - carried - backward.Captured.Length;
        inputs.AddRange(backward.UsedCaptured.Select(index => loop.Inputs[carried + stacked + index]));
        AttributeSet attributes = Attributes.With("carried", carried + backward.Captured.Length).With("stacked", stackedInputs).With("reverse", !Attributes.Get("reverse", false));
        Node reverse = builder.Add(Catalog<Loop>.Op, inputs, attributes, null, TensorType.Float, backward.Graph);
        return Results(builder, reverse, backward);

        Node GradientOf(int index, Shape shape) => gradients.TryGetValue(index, out Node? gradient) ? gradient : builder.Fill(0, shape);
    }

    private static string SavedName(Node value) => value.Origin.FullName + "Saved";

    private Shape Stack(Shape shape) => Shape.Of(new[] { Attributes.Get<Dim>("count") }.Concat(shape));

    private ImmutableArray<Node?> Results(GraphBuilder builder, Node reverse, BackwardBody backward)
    {
        Node?[] gradients = new Node?[loop.Inputs.Length];
        for (int index = 0; index < carried; index++)
        {
            NameAfter(loop.Inputs[index]);
            gradients[index] = builder.LoopResult(reverse, index, body.Outputs[index].Value.Shape);
        }

        for (int index = 0; index < backward.Captured.Length; index++)
        {
            NameAfter(loop.Inputs[carried + stacked + backward.CapturedInputs[index]]);
            gradients[carried + stacked + backward.CapturedInputs[index]] = builder.LoopResult(reverse, carried + index, backward.Captured[index]);
        }

        for (int index = 0; index < backward.StackedInputs.Length; index++)
        {
            int result = carried + backward.Captured.Length + index;
            NameAfter(loop.Inputs[carried + backward.StackedInputs[index]]);
            gradients[carried + backward.StackedInputs[index]] = builder.LoopResult(reverse, result, Stack(backward.Stacked[index]));
        }

        return [.. gradients];

        void NameAfter(Node input) => builder.Origin = new Origin(Sweep.NameOf(input), input.Origin.Text, input.Origin.Place) { IsGradient = true };
    }
}
