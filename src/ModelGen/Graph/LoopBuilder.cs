using System.Collections.Generic;
using System.Linq;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Graphs;

/// <summary>Writes a loop: what goes in, the body, and what comes out.</summary>
/// <example><code>
/// LoopBuilder loop = new(builder, "cumulate", count);
/// Node x = loop.Stacked(xs), sum = loop.Carried(zero);
/// loop.Carry("sum", loop.Body.Add(sum, x));
/// Node total = loop.Finish()[0];
/// </code></example>
/// <param name="around">The graph around the loop. The body's nodes have the origin that it has now.</param>
/// <param name="isReverse">Whether it runs from the last iteration to the first.</param>
internal sealed class LoopBuilder(GraphBuilder around, string name, Dim count, bool isReverse = false)
{
    private readonly List<Node> initial = [];
    private readonly List<Node> stacks = [];
    private readonly List<Node> captured = [];
    private readonly List<GraphOutput> carries = [];
    private readonly List<GraphOutput> kept = [];

    public GraphBuilder Body { get; } = new(name, around) { Origin = around.Origin };

    /// <summary>What an iteration receives from the one before, the first one from <paramref name="first"/>.</summary>
    public Node Carried(Node first) => Input(BodyInput.Carried, initial, first, first.Shape);

    /// <summary>The iteration's element of a stack, whose leading axis counts the iterations.</summary>
    public Node Stacked(Node stack) => Input(BodyInput.Stacked, stacks, stack, stack.Shape.Without([0]));

    /// <summary>A value from around, the same in every iteration.</summary>
    public Node Captured(Node value) => Input(BodyInput.Captured, captured, value, value.Shape);

    /// <summary>Says what the next iteration receives, in the order of <see cref="Carried"/>.</summary>
    public void Carry(string valueName, Node value) => carries.Add(new GraphOutput(valueName, OutputRole.Carried, value));

    /// <summary>Keeps a value of every iteration, as a stack.</summary>
    public void Stack(string valueName, Node value) => kept.Add(new GraphOutput(valueName, OutputRole.Stacked, value));

    /// <summary>Writes the loop and returns its results: what is carried after the last iteration, then the stacks.</summary>
    public Node[] Finish()
    {
        foreach (GraphOutput output in carries.Concat(kept))
        {
            Body.Output(output.Name, output.Role, output.Value);
        }

        AttributeSet attributes = AttributeSet.Of("carried", initial.Count).With("stacked", stacks.Count).With("count", count).With("loop", NoIndex);
        attributes = isReverse ? attributes.With("reverse", true) : attributes;
        (Origin before, around.Origin) = (around.Origin, around.Origin.Named("step"));
        Node loop = around.Add(Catalog<Loop>.Op, [.. initial, .. stacks, .. captured], attributes, null, TensorType.Float, Body.Build());
        around.Origin = before;
        return [.. carries.Select((output, index) => Result(loop, index, output, output.Value.Shape)),
            .. kept.Select((output, index) => Result(loop, carries.Count + index, output, Shape.Of([count, .. output.Value.Shape])))];
    }

    /// <summary>The number of a loop whose index no body uses.</summary>
    private const int NoIndex = 0;

    private Node Result(Node loop, int index, GraphOutput output, Shape shape)
    {
        TensorType type = output.Value.Type;
        (Origin before, around.Origin) = (around.Origin, output.Value.Origin);
        Node result = around.LoopResult(loop, index, shape, type);
        around.Origin = before;
        return result;
    }

    private Node Input(string kind, List<Node> values, Node value, Shape shape)
    {
        (Origin before, Body.Origin) = (Body.Origin, value.Origin);
        Node input = Body.Add(Catalog<BodyInput>.Op, [], AttributeSet.Of("kind", kind).With("index", values.Count), shape, value.Type);
        Body.Origin = before;
        values.Add(value);
        return input;
    }
}
