using System.Collections.Immutable;

namespace ModelGen.Ops;

/// <summary><c>y = 1</c> where <c>a &gt; b</c>, else 0.</summary>
internal sealed class Greater : ComparisonOp;

/// <summary><c>y = 1</c> where <c>a ≥ b</c>, else 0.</summary>
internal sealed class GreaterEqual : ComparisonOp;

/// <summary><c>y = 1</c> where <c>a &lt; b</c>, else 0.</summary>
internal sealed class Less : ComparisonOp;

/// <summary><c>y = 1</c> where <c>a ≤ b</c>, else 0.</summary>
internal sealed class LessEqual : ComparisonOp;

/// <summary><c>y = 1</c> where <c>a = b</c>, else 0.</summary>
internal sealed class Equal : ComparisonOp;

/// <summary><c>y = 1</c> where <c>a ≠ b</c>, else 0.</summary>
internal sealed class NotEqual : ComparisonOp;

/// <summary><c>y = a</c> where the condition is not 0, else <c>b</c>.</summary>
/// <remarks><c>da = dy</c> where the condition holds, else 0; <c>db</c> the other way round.</remarks>
internal sealed class Where : ElementwiseOp
{
    public override ImmutableArray<string> InputNames { get; } = ["condition", "a", "b"];

    public override bool IsIntrinsic => true;

    public override Scalar Forward(ImmutableArray<Scalar> inputs) => Scalars.Where(inputs[0], inputs[1], inputs[2]);

    public override ImmutableArray<Scalar?> Backward(ImmutableArray<Scalar> inputs, Scalar y, Scalar dy) =>
        [null, Scalars.Where(inputs[0], dy, 0), Scalars.Where(inputs[0], 0, dy)];
}

/// <summary><c>y = max(a, b)</c>; NaN where either is.</summary>
/// <remarks>The gradient goes to the larger one; equal ones take half each, as in PyTorch.</remarks>
internal sealed class Maximum : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy)
    {
        Scalar half = Scalars.Where(Scalars.Equal(a, b), dy * 0.5, 0);
        return (Scalars.Where(Scalars.Greater(a, b), dy, half), Scalars.Where(Scalars.Greater(b, a), dy, half));
    }
}
