using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>
/// The value itself, said to have the dimensions <c>dims</c>: a module's <c>[Shape]</c>. Names that are still free take their value here;
/// whatever else is said must hold.
/// </summary>
internal sealed class Declared : CompositeOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context) => context.Input();

    public override Node Lower(LowerContext context) => context.Input;
}

/// <summary>A <c>[Parameter]</c> property: <c>dims</c>, <c>path</c> and how it starts.</summary>
internal sealed class DeclaredParameter : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        Shape shape = Shape.Of(context.Attributes.Dims("dims"));
        return shape.All(dim => dim.IsConstant)
            ? shape
            : context.Mismatch($"the parameter '{context.Node.Origin.Name}' is declared {shape}, but its size must be a number at build time: write a number for each dimension", shape);
    }

    public override Node Lower(LowerContext context)
    {
        Shape shape = context.Node.Shape;
        double fanOut = shape.Rank > 0 ? shape[0].Value : 1;
        double fanIn = shape.Rank > 1 ? shape.Size.Value / fanOut : fanOut;
        return context.Parameter(string.Empty, shape, Initializer.Resolve(context.Attributes, Initializer.Uniform(System.Math.Sqrt(6 / (fanIn + fanOut))), fanIn, fanOut));
    }
}

/// <summary>The size of an axis of a value, as a number: <c>axis</c>.</summary>
internal sealed class SizeOf : CompositeOp
{
    public override Shape InferShape(ShapeContext context)
    {
        context.TryAxis(context.Attributes.Get<int>("axis"), context.Input().Rank, out _);
        return Shape.Scalar;
    }

    public override Node Lower(LowerContext context)
    {
        int axis = context.Attributes.Get<int>("axis");
        return context.Builder.DimValue(context.Input.Shape[axis < 0 ? axis + context.Input.Shape.Rank : axis]);
    }
}
