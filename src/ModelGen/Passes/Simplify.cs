using System.Linq;
using ModelGen.Graphs;
using ModelGen.Ops;
using ModelGen.Passes.Simplifying;

namespace ModelGen.Passes;

/// <summary>
/// Applies algebra that holds for every number, NaN and infinities included: what multiplies by one, adds zero, moves elements twice or sums what was repeated.
/// </summary>
/// <example><code>
/// %3 = Mul %1 1       →    %1
/// %4 = Neg (Neg %1)   →    %1
/// %5 = Permute (Permute %1 [1, 0]) [1, 0]   →   %1
/// </code></example>
internal sealed class Simplify : Rewriter
{
    public static Graph Run(Graph graph) => new Simplify().Rewrite(graph);

    protected override Node Rewrite(GraphBuilder builder, Node node, Node[] inputs, Graph? body) => node.Op switch
    {
        StopGradient or KnownGradient => inputs[0],
        Ops.Loop => builder.Copy(node, inputs, KnownInputs.Simplify(builder, node, inputs, body!)),
        ElementwiseOp when node.Shape.Rank > 0 && inputs.All(IsNumber) => builder.Broadcast(Elementwise(builder, node, [.. inputs.Select(Number)], Shape.Scalar), node.Shape, []),
        ElementwiseOp => Elementwise(builder, node, Scalars(node, inputs), node.Shape),
        MoveOp => Moves.Simplify(builder, node, inputs) ?? builder.Copy(node, inputs),
        ReduceSum => Reductions.Simplify(builder, node, inputs[0]) ?? builder.Copy(node, inputs),
        _ => builder.Copy(node, inputs),
    };

    private static Node Elementwise(GraphBuilder builder, Node node, Node[] inputs, Shape shape) =>
        Arithmetic.Simplify(builder, (ElementwiseOp)node.Op, inputs, shape) ?? builder.Add(node.Op, inputs, null, shape, node.Type);

    /// <summary>Whether a value is one number, repeated or not.</summary>
    private static bool IsNumber(Node input) => Number(input).Shape.Rank == 0;

    private static Node Number(Node input) => input.Op is Broadcast && input.Input.Shape.Rank == 0 ? input.Input : input;

    /// <summary>A repeated number is used as the number that it is, as long as another input tells the shape.</summary>
    private static Node[] Scalars(Node node, Node[] inputs)
    {
        Node[] scalars = [.. inputs.Select(Number)];
        return scalars.Any(input => input.Shape == node.Shape) ? scalars : inputs;
    }
}
