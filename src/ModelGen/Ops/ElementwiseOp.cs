using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>An op that works on each element alone. Inputs broadcast as in NumPy: aligned at the last axis, a dimension of 1 repeats.</summary>
internal abstract class ElementwiseOp : PrimitiveOp
{
    /// <summary>The formula.</summary>
    public abstract Scalar Forward(ImmutableArray<Scalar> inputs);

    /// <summary>The gradient of each input from the inputs, the result and its gradient; null where an input has none.</summary>
    public abstract ImmutableArray<Scalar?> Backward(ImmutableArray<Scalar> inputs, Scalar y, Scalar dy);

    /// <summary>Gets a value indicating whether printers know the op itself; otherwise they print its formula.</summary>
    public virtual bool IsIntrinsic => false;

    /// <summary>Gets a value indicating whether the op costs many instructions, so that its value is rather read from memory than calculated again.</summary>
    public virtual bool IsCostly => !IsIntrinsic && Scalars.IsCostly(Forward([.. InputNames.Select((_, index) => (Scalar)new ScalarInput(index))]));

    public override Shape InferShape(ShapeContext context) => Broadcasting.Infer(context);

    public override ImmutableArray<Node?> Gradient(GradientContext context)
    {
        ImmutableArray<Scalar> inputs = [.. context.Inputs.Select((_, index) => (Scalar)new ScalarInput(index))];
        int y = inputs.Length;
        List<Node> nodes = [.. context.Inputs, context.Node, context.DY];
        return [.. Backward(inputs, new ScalarInput(y), new ScalarInput(y + 1))
            .Select((formula, index) => formula is null ? null : Reduce(context, context.Builder.Formula(formula, nodes, context.Node.Shape), index))];
    }

    /// <summary>The op itself, for those that printers know.</summary>
    protected Scalar Self(params Scalar[] inputs) => new ScalarCall(this, [.. inputs]);

    /// <summary>A scalar input was used by every element: its gradient is the sum over all.</summary>
    private static Node Reduce(GradientContext context, Node gradient, int index) =>
        context.Inputs[index].Shape.Rank == 0 && gradient.Shape.Rank > 0 ? context.Builder.Sum(gradient, Enumerable.Range(0, gradient.Shape.Rank)) : gradient;
}

/// <summary>A word of which each element is an expression of elementwise ops; like them it broadcasts.</summary>
internal abstract class ElementwiseWord : CompositeOp
{
    public override Shape InferShape(ShapeContext context) => Broadcasting.Infer(context);
}

/// <summary>An elementwise op of one input.</summary>
internal abstract class UnaryOp : ElementwiseOp
{
    public abstract Scalar Forward(Scalar x);

    public abstract Scalar Backward(Scalar x, Scalar y, Scalar dy);

    public sealed override Scalar Forward(ImmutableArray<Scalar> inputs) => Forward(inputs[0]);

    public sealed override ImmutableArray<Scalar?> Backward(ImmutableArray<Scalar> inputs, Scalar y, Scalar dy) => [Backward(inputs[0], y, dy)];
}

/// <summary>An elementwise op of two inputs.</summary>
internal abstract class BinaryOp : ElementwiseOp
{
    public override ImmutableArray<string> InputNames { get; } = ["a", "b"];

    public abstract Scalar Forward(Scalar a, Scalar b);

    public abstract (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy);

    public sealed override Scalar Forward(ImmutableArray<Scalar> inputs) => Forward(inputs[0], inputs[1]);

    public sealed override ImmutableArray<Scalar?> Backward(ImmutableArray<Scalar> inputs, Scalar y, Scalar dy)
    {
        (Scalar? da, Scalar? db) = Backward(inputs[0], inputs[1], y, dy);
        return [da, db];
    }
}

/// <summary>A comparison: 1 where it holds and 0 elsewhere. It has no gradient.</summary>
internal abstract class ComparisonOp : BinaryOp
{
    public override bool IsIntrinsic => true;

    public override Scalar Forward(Scalar a, Scalar b) => Self(a, b);

    public override (Scalar? DA, Scalar? DB) Backward(Scalar a, Scalar b, Scalar y, Scalar dy) => (null, null);
}
