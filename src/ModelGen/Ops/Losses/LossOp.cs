using ModelGen.Diagnostics;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>What a loss is good for besides its value.</summary>
internal enum Classification
{
    None,

    /// <summary>Scores along the last axis, one per class; the target is the class.</summary>
    Classes,

    /// <summary>One score per decision; the target is 0 or 1.</summary>
    Binary,
}

/// <summary>A loss: tensors to one number, a mean.</summary>
internal abstract class LossOp : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        for (int input = 1; input < context.Inputs.Length; input++)
        {
            Shape expected = Expected(input, context.Input());
            if (context.Input(input) != expected)
            {
                string name = InputNames[input];
                return context.Mismatch(
                    $"{Name} needs {(name == "target" ? "targets" : $"a {name}")} of shape {expected} because {context.Describe(0)}, but {context.Describe(input)}: "
                    + $"declare [Shape] of the {name} accordingly",
                    Shape.Scalar);
            }
        }

        return Shape.Scalar;
    }

    /// <summary>The shape of another input that belongs to the first one's.</summary>
    protected virtual Shape Expected(int input, Shape first) => first;

    /// <summary>Reports a first input that has no last axis.</summary>
    protected void RequireAxis(ShapeContext context)
    {
        if (context.Input().Rank == 0)
        {
            context.Mismatch($"{Name} works along the last axis, but {context.Describe(0)}: Reshape it to [1]", Shape.Scalar);
        }
    }
}

/// <summary>A loss of predictions and targets, which can end a stack.</summary>
internal abstract class TargetLossOp : LossOp
{
    public override System.Collections.Immutable.ImmutableArray<string> InputNames { get; } = ["prediction", "target"];

    public virtual Classification Classification => Classification.None;

    public virtual TensorType TargetType => TensorType.Float;

    /// <summary>The shape of the targets that belongs to predictions of a shape.</summary>
    public virtual Shape Target(Shape prediction) => prediction;

    public override Shape InferShape(ShapeContext context)
    {
        if (context.Inputs[1].Type != TargetType)
        {
            string wanted = TargetType == TensorType.Int ? "Tensor<int>" : "Tensor";
            context.Report(DiagnosticCatalog.WrongElementType, $"{Name} needs a {wanted} as target, but '{context.Inputs[1].Origin.Text}' is none: declare it as {wanted}");
        }

        return base.InferShape(context);
    }

    protected override Shape Expected(int input, Shape first) => Target(first);
}
