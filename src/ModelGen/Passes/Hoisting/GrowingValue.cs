using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;

namespace ModelGen.Passes.Hoisting;

/// <summary>A carried value to which every iteration only adds terms, each of which can be calculated over all iterations at once.</summary>
/// <param name="Sums">The nodes that add: what is carried in, and the sums.</param>
/// <param name="Terms">What is added.</param>
internal sealed record GrowingValue(ImmutableArray<Node> Sums, ImmutableArray<Node> Terms)
{
    /// <summary>Gets the values of which all iterations are needed: stacked inputs of the body, and nodes of it.</summary>
    public IEnumerable<Node> Operands => Terms.SelectMany(OperandsOf).Select(Behind).Distinct();

    /// <summary>The carried value with an index, if it is one that grows; else null.</summary>
    public static GrowingValue? Find(Graph body, int index)
    {
        ILookup<Node, Node> users = body.Users();
        List<Node> sums = [], terms = [];
        bool onlyAdds = Collect(body.Outputs[index].Value, isOnlyUse: body.Outputs.Count(output => output.Value == body.Outputs[index].Value) == 1);
        bool grows = onlyAdds && sums.Count(IsStart) == 1 && body.Nodes.Count(IsStart) == 1;
        return grows && terms.Count > 0 && terms.All(CanHoist) ? new GrowingValue([.. sums], [.. terms]) : null;

        bool IsStart(Node node) => node.Is<BodyInput>() && node.Attributes.Get<string>("kind") == BodyInput.Carried && node.Attributes.Get<int>("index") == index;

        // A sum of sums, of which one operand is what is carried in; nothing else reads what they make.
        bool Collect(Node node, bool isOnlyUse)
        {
            if (!IsStart(node) && node.Op is not Add)
            {
                terms.Add(node);
                return true;
            }

            sums.Add(node);
            return isOnlyUse && node.Inputs.All(input => Collect(input, users[input].Count() == 1 && body.Outputs.All(output => output.Value != input)));
        }
    }

    /// <summary>The sum of all terms over all iterations.</summary>
    /// <param name="stack">The values of all iterations.</param>
    public Node Total(GraphBuilder builder, Func<Node, Node> stack) =>
        Terms.Select(term => Hoisted(builder, term, stack)).Aggregate((sum, term) => builder.Add(sum, term));

    private static bool CanHoist(Node term) => term.Op switch
    {
        ReshapeTo or PermuteTo => CanHoist(term.Input),
        MatrixProduct => term.Shape.Rank == 2 && term.Attributes.Get("transposeA", false) && !term.Attributes.Get("transposeB", false) && term.Inputs.All(CanStack),
        ReduceSum => CanStack(term.Input),
        _ => false,
    };

    private static bool CanStack(Node value) => Behind(value) switch
    {
        { Op: BodyInput } input => input.Attributes.Get<string>("kind") == BodyInput.Stacked,
        { Op: ElementwiseOp or ReduceOp or MatrixProduct or ConcatAlong or TemplateOp or LoopResult } node => node.Type == Specs.TensorType.Float && node.Shape.Rank > 0,
        _ => false,
    };

    private static IEnumerable<Node> OperandsOf(Node term) => term.Op is ReshapeTo or PermuteTo ? OperandsOf(term.Input) : term.Inputs;

    /// <summary>The value behind what only views it.</summary>
    private static Node Behind(Node value) => value.Op is ReshapeTo or SliceOf ? Behind(value.Input) : value;

    private static Node Hoisted(GraphBuilder builder, Node term, Func<Node, Node> stack) => term.Op switch
    {
        ReshapeTo => builder.Reshape(Hoisted(builder, term.Input, stack), term.Shape),
        PermuteTo => builder.Permute(Hoisted(builder, term.Input, stack), term.Attributes.Axes("order")),
        MatrixProduct => builder.MatMul(Rows(builder, Viewed(builder, term.Inputs[0], stack)), Rows(builder, Viewed(builder, term.Inputs[1], stack)), transposeA: true),
        _ => builder.Sum(Viewed(builder, term.Input, stack), term.Attributes.Axes("axes").Select(axis => axis + 1).Prepend(0)),
    };

    /// <summary>The rows of all iterations one after another: a product sums over them all.</summary>
    private static Node Rows(GraphBuilder builder, Node stack) => builder.Reshape(stack, Shape.Of(stack.Shape[0] * stack.Shape[1], stack.Shape[2]));

    /// <summary>The same view of every iteration's value.</summary>
    private static Node Viewed(GraphBuilder builder, Node value, Func<Node, Node> stack) => value.Op switch
    {
        ReshapeTo when Viewed(builder, value.Input, stack) is { } whole => builder.Reshape(whole, Shape.Of([whole.Shape[0], .. value.Shape])),
        SliceOf when Viewed(builder, value.Input, stack) is { } whole =>
            builder.Slice(whole, value.Attributes.Get<int>("axis") + 1, value.Attributes.Get<Dim>("start"), value.Shape[value.Attributes.Get<int>("axis")]),
        _ => stack(value),
    };
}
