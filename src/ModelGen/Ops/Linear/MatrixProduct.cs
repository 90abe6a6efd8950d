using System.Collections.Immutable;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary><c>C = op(A) · op(B)</c> over the last two axes, where <c>transposeA</c> and <c>transposeB</c> say which operand is stored the other way round.</summary>
/// <remarks>
/// <c>dA = dC · Bᵀ</c> and <c>dB = Aᵀ · dC</c>, transposed once more where the operand is.
/// </remarks>
internal sealed class MatrixProduct : PrimitiveOp
{
    public override ImmutableArray<string> InputNames { get; } = ["a", "b"];

    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        Node a = context.Inputs[0];
        Node b = context.Inputs[1];
        Node dC = context.DY;
        bool transposeA = context.Attributes.Get("transposeA", false);
        bool transposeB = context.Attributes.Get("transposeB", false);
        GraphBuilder builder = context.Builder;
        Node dA = transposeA ? builder.MatMul(b, dC, transposeB, true) : builder.MatMul(dC, b, false, !transposeB);
        Node dB = transposeB ? builder.MatMul(dC, a, true, transposeA) : builder.MatMul(a, dC, !transposeA, false);
        return [dA, dB];
    }
}
