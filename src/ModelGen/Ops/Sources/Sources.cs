using System.Collections.Immutable;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>A value that needs no other value.</summary>
internal abstract class SourceOp : PrimitiveOp
{
    public override ImmutableArray<string> InputNames { get; } = [];

    public override ImmutableArray<Node?> Gradient(GradientContext context) => [];
}

/// <summary>An input of the entry: <c>name</c>. Before shape inference <c>dims</c> holds what the user declared.</summary>
internal sealed class Input : SourceOp
{
    public override TensorType ResultType(Node node) => node.Type;

    public override Shape InferShape(ShapeContext context) => Shape.Of(context.Attributes.Dims("dims"));
}

/// <summary>A trainable tensor: <c>name</c>. A parameter of repeated modules holds all copies, a leading axis for each repetition.</summary>
internal sealed class Parameter : SourceOp;

/// <summary>A number: <c>value</c>.</summary>
internal sealed class Constant : SourceOp
{
    public override Shape InferShape(ShapeContext context) => Shape.Scalar;
}

/// <summary>A dimension as a number: <c>dim</c>.</summary>
internal sealed class DimValue : SourceOp;

/// <summary>The index along <c>axis</c>.</summary>
internal sealed class Iota : SourceOp;

/// <summary>
/// Uniform random numbers in [0, 1), the same each time they are read: a function of seed, step, <c>site</c>, occurrence and the element's index.
/// The occurrence is <c>occurrence</c> plus, for every loop around, its index times a stride (<c>strides</c>, the outermost first).
/// </summary>
internal sealed class Random : SourceOp;

/// <summary>In a loop's body, what comes from outside: <c>kind</c> is carried, stacked or captured, and <c>index</c> counts within the kind.</summary>
internal sealed class BodyInput : SourceOp
{
    public const string Carried = "carried";
    public const string Stacked = "stacked";
    public const string Captured = "captured";

    public override TensorType ResultType(Node node) => node.Type;
}

/// <summary>In a loop's body, the number of the iteration.</summary>
internal sealed class LoopIndex : SourceOp
{
    public override Shape InferShape(ShapeContext context) => Shape.Scalar;
}
