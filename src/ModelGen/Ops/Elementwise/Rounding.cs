using System.Collections.Immutable;

namespace ModelGen.Ops;

/// <summary>An elementwise op that is constant but for jumps: it has no gradient.</summary>
internal abstract class StepOp : ElementwiseOp
{
    public abstract Scalar Forward(Scalar x);

    public sealed override Scalar Forward(ImmutableArray<Scalar> inputs) => Forward(inputs[0]);

    public sealed override ImmutableArray<Scalar?> Backward(ImmutableArray<Scalar> inputs, Scalar y, Scalar dy) => [null];
}

/// <summary><c>y = ⌊x⌋</c>: the greatest whole number that is at most x.</summary>
internal sealed class Floor : StepOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar x) => Self(x);
}

/// <summary><c>y = ⌈x⌉ = −⌊−x⌋</c>: the least whole number that is at least x.</summary>
internal sealed class Ceil : StepOp
{
    public override Scalar Forward(Scalar x) => -Scalars.Floor(-x);
}

/// <summary>The nearest whole number; halves go to the even one.</summary>
internal sealed class Round : StepOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar x) => Self(x);
}

/// <summary><c>y = 1</c> where <c>x &gt; 0</c>, −1 where <c>x &lt; 0</c>, else 0.</summary>
internal sealed class Sign : StepOp
{
    public override Scalar Forward(Scalar x) => Scalars.Where(Scalars.Greater(x, 0), 1, Scalars.Where(Scalars.Greater(0, x), -1, 0));
}
