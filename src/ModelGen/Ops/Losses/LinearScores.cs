using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>
/// Scores that are a product and a bias, <c>hidden · weightᵀ + bias</c>, as a last <see cref="Dense"/> writes them: what a loss takes to pieces that wants to work on
/// blocks of rows.
/// </summary>
/// <param name="Hidden"><c>[rows, size]</c></param>
/// <param name="Weight"><c>[classes, size]</c></param>
/// <param name="Bias"><c>[classes]</c>, or null where there is none.</param>
internal sealed record LinearScores(Node Hidden, Node Weight, Node? Bias)
{
    /// <summary>
    /// With so many classes the scores of a training step no longer stay in the caches, and the loss works on blocks of rows. With fewer, a kernel for all rows is
    /// as fast, and what is fused in front of the loss or behind it stays so.
    /// </summary>
    public const int LeastClasses = 1024;

    /// <summary>The scores of many classes that the input of a loss is and nothing else reads; else null.</summary>
    public static LinearScores? Of(LowerContext context) => context.Builder.Parent is null && IsOnlyRead(context.Node.Input, context) ? Of(context.Input) : null;

    /// <summary>Whether the loss alone reads the product that the scores come from.</summary>
    private static bool IsOnlyRead(Node scores, LowerContext context) => context.IsReadOnce(scores) && scores.Op switch
    {
        Dense or MatMul => true,
        Reshape => IsOnlyRead(scores.Input, context),
        Add => scores.Inputs.Any(input => IsOnlyRead(input, context)),
        _ => false,
    };

    private static LinearScores? Of(Node scores)
    {
        Node sum = Unshaped(scores);
        int term = !sum.Is<Add>() ? -1 : IsBias(sum.Inputs[1]) ? 1 : IsBias(sum.Inputs[0]) ? 0 : -1;
        Node? bias = term < 0 ? null : sum.Inputs[term].Input;
        Node product = Unshaped(term < 0 ? sum : sum.Inputs[1 - term]);
        if (product.Op is not MatrixProduct || product.Shape.Rank != 2 || product.Attributes.Get("transposeA", false))
        {
            return null;
        }

        Node? weight = product.Attributes.Get("transposeB", false) ? product.Inputs[1] : product.Inputs[1].Op is PermuteTo ? product.Inputs[1].Input : null;
        Dim classes = scores.Shape[scores.Shape.Rank - 1];
        bool fits = weight is not null && classes.IsConstant && classes.Value >= LeastClasses && weight.Shape[0] == classes && (bias is null || bias.Shape[0] == classes);
        return fits ? new LinearScores(product.Inputs[0], weight!, bias) : null;
    }

    private static Node Unshaped(Node node) => node.Op is ReshapeTo ? Unshaped(node.Input) : node;

    /// <summary>Whether a term repeats one number per class.</summary>
    private static bool IsBias(Node term) =>
        term.Op is Broadcast && term.Input.Shape.Rank == 1 && term.Attributes.Axes("axes").SequenceEqual([term.Shape.Rank - 1]);
}
