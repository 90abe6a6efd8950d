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

/// <summary>A loss: predictions and targets to one number, the mean.</summary>
internal abstract class LossOp : CompositeOp
{
    public virtual Classification Classification => Classification.None;

    public virtual TensorType TargetType => TensorType.Float;

    /// <summary>The shape of the targets that belongs to predictions of a shape.</summary>
    public virtual Shape Target(Shape prediction) => prediction;

    public override Shape InferShape(ShapeContext context)
    {
        Shape expected = Target(context.Input());
        if (context.Inputs[1].Type != TargetType)
        {
            string wanted = TargetType == TensorType.Int ? "Tensor<int>" : "Tensor";
            context.Report(Diagnostics.DiagnosticCatalog.WrongElementType, $"{Name} needs a {wanted} as target, but '{context.Inputs[1].Origin.Text}' is none: declare it as {wanted}");
        }

        return context.Input(1) == expected
            ? Shape.Scalar
            : context.Mismatch(
                $"{Name} needs targets of shape {expected} because {context.Describe(0)}, but {context.Describe(1)}: declare [Shape] of the target accordingly", Shape.Scalar);
    }
}
