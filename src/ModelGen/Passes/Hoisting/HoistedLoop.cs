using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Hoisting;

/// <summary>What becomes of a loop without the sums that grow in it: which of its inputs, outputs and nodes stay, and what its results are.</summary>
internal sealed class HoistedLoop
{
    private readonly Node original;
    private readonly ImmutableArray<Node> inputs;
    private readonly int carried;
    private readonly Dictionary<int, GrowingValue> hoisted = [];
    private readonly HashSet<Node> dropped = [];
    private readonly List<GraphOutput> outputs;
    private readonly Dictionary<int, Node> results = [];

    /// <param name="original">The loop as it was.</param>
    /// <param name="inputs">Its inputs as they are now.</param>
    public HoistedLoop(Node original, ImmutableArray<Node> inputs)
    {
        (this.original, this.inputs) = (original, inputs);
        carried = original.Attributes.Get<int>("carried");
        for (int index = 0; index < carried; index++)
        {
            if (GrowingValue.Find(original.Body!, index) is { } growing)
            {
                hoisted[index] = growing;
                dropped.UnionWith(growing.Sums);
            }
        }

        outputs = [.. original.Body!.Outputs.Where((_, index) => !hoisted.ContainsKey(index))];
        foreach (Node value in hoisted.Values.SelectMany(growing => growing.Operands).Where(value => !value.Is<BodyInput>() && IndexOf(value) < 0))
        {
            outputs.Add(new GraphOutput(value.Origin.FullName + "Steps", OutputRole.Stacked, value));
        }
    }

    /// <summary>Gets or sets the loop as it is now.</summary>
    public Node Loop { get; set; } = null!;

    public IEnumerable<GraphOutput> Outputs => outputs;

    public IEnumerable<Node> Inputs => inputs.Where((_, index) => !hoisted.ContainsKey(index));

    public AttributeSet Attributes => original.Attributes.With("carried", carried - hoisted.Count);

    /// <summary>Whether a node of the body belongs to a sum that is no longer there.</summary>
    public bool IsDropped(Node node) => dropped.Contains(node);

    /// <summary>The attributes of an input of the body: those that are carried have fewer before them.</summary>
    public AttributeSet Renumbered(Node input) => input.Attributes.Get<string>("kind") == BodyInput.Carried
        ? input.Attributes.With("index", Remaining(input.Attributes.Get<int>("index")))
        : input.Attributes;

    /// <summary>A result of the loop: a result of the new one, or what is calculated from its stacks.</summary>
    public Node Result(GraphBuilder builder, Node result)
    {
        int index = result.Attributes.Get<int>("index");
        return hoisted.TryGetValue(index, out GrowingValue? growing)
            ? builder.Add(inputs[index], growing.Total(builder, value => Stack(builder, value)))
            : Result(builder, Remaining(index), result.Shape, result.Type);
    }

    /// <summary>A result of the new loop: one node for each, however many sums it serves.</summary>
    private Node Result(GraphBuilder builder, int index, Shape shape, Specs.TensorType type) =>
        results.TryGetValue(index, out Node? known) ? known : results[index] = builder.LoopResult(Loop, index, shape, type);

    private int Remaining(int index) => index - hoisted.Keys.Count(other => other < index);

    private int IndexOf(Node value) => outputs.FindIndex(output => output.Role == OutputRole.Stacked && output.Value == value);

    /// <summary>The values of all iterations, which lie outside of the loop.</summary>
    private Node Stack(GraphBuilder builder, Node value)
    {
        if (value.Is<BodyInput>())
        {
            return inputs[carried + value.Attributes.Get<int>("index")];
        }

        Origin before = builder.Origin;
        builder.Origin = value.Origin;
        Node stack = Result(builder, IndexOf(value), Shape.Of([original.Attributes.Get<Dim>("count"), .. value.Shape]), value.Type);
        builder.Origin = before;
        return stack;
    }
}
