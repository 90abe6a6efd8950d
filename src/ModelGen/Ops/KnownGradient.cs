using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// A number whose gradients were calculated together with it. The inputs are the number, the values that it depends on, and its gradients with respect to them.
/// </summary>
/// <remarks><c>dx = dy · gradient</c>. It differs from the number itself only for the differentiation, and <c>Simplify</c> takes it away.</remarks>
internal sealed class KnownGradient : PrimitiveOp
{
    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        int count = (context.Inputs.Length - 1) / 2;
        return
        [
            null,
            .. context.Inputs.Skip(1 + count).Select(gradient => context.Builder.Mul(context.DY, gradient)),
            .. context.Inputs.Skip(1 + count).Select(_ => (Node?)null),
        ];
    }

    /// <summary>What is wrong with the node's shape, or null.</summary>
    public static string? Problem(Node node)
    {
        int count = (node.Inputs.Length - 1) / 2;
        bool pairs = Enumerable.Range(1, count).All(index => node.Inputs[index].Shape == node.Inputs[index + count].Shape);
        return node.Shape.Rank == 0 && node.Input.Shape == node.Shape && node.Inputs.Length == 1 + (2 * count) && pairs ? null : "a gradient has the shape of what it belongs to";
    }
}
