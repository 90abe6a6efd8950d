using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>
/// <c>y = min { i : xᵢ = max x }</c>, the first of equal ones; where any element is NaN, the first of those. Without an axis, the index counts all
/// elements in row-major order.
/// </summary>
internal abstract class IndexOfExtreme : ExtremeWord
{
    /// <summary>Kernels count in floats, which are exact up to here.</summary>
    private const long MostElements = 1 << 24;

    public override TensorType ResultType(Node node) => TensorType.Int;

    protected override void Check(ShapeContext context, ImmutableArray<int> axes)
    {
        base.Check(context, axes);
        Dim count = Dim.Product(axes.Select(axis => context.Input()[axis]));
        if (count.IsConstant && count.Value > MostElements)
        {
            context.Mismatch(
                $"{Name} counts up to {MostElements} elements, but {context.Describe(0)}, which has {count}: reduce over one axis after the other",
                context.Input());
        }
    }

    protected override Node Lower(LowerContext context, ImmutableArray<int> axes)
    {
        GraphBuilder builder = context.Builder;
        bool isRow = axes.Length == 1;
        Node x = Compared(builder, isRow ? context.Input : builder.Reshape(context.Input, Shape.Of(context.Input.Shape.Size)));
        int axis = isRow ? axes[0] : 0;
        Node largest = builder.LargestAlong(x, axis);
        Node place = builder.Part("Place", part => Places(part, x.Shape, axis));
        Node candidate = builder.Part("Candidate", part =>
        {
            Node none = part.Constant(double.NegativeInfinity);
            Node ofNaN = part.Elementwise<Where>(part.Elementwise<NotEqual>(x, x), place, none);
            return part.Elementwise<Where>(part.Elementwise<Equal>(x, largest), place, ofNaN);
        });
        Node first = builder.Part("First", part => part.Max(candidate, [axis]));
        Node index = builder.Part("Index", part => part.Elementwise<Neg>(first));
        return builder.Add(Catalog<ToInt>.Op, [index], null, index.Shape, TensorType.Int);
    }

    /// <summary>The negative index along an axis. Kernels know the index along their rows; along another axis it is read from memory.</summary>
    private static Node Places(GraphBuilder builder, Shape shape, int axis) => axis == shape.Rank - 1
        ? builder.Elementwise<Neg>(builder.Iota(shape, axis))
        : builder.Broadcast(builder.Elementwise<Neg>(builder.Iota(Shape.Of(shape[axis]), 0)), shape, [axis]);

    /// <summary>The numbers of which the greatest is wanted.</summary>
    protected abstract Node Compared(GraphBuilder builder, Node x);
}

/// <summary>The index of the greatest element.</summary>
internal sealed class ArgMax : IndexOfExtreme
{
    protected override Node Compared(GraphBuilder builder, Node x) => x;
}

/// <summary>The index of the smallest element.</summary>
internal sealed class ArgMin : IndexOfExtreme
{
    protected override Node Compared(GraphBuilder builder, Node x) => builder.Part("Negative", part => part.Elementwise<Neg>(x));
}

/// <summary><c>y = x</c>, whole numbers that are kept as integers.</summary>
internal sealed class ToInt : StepOp
{
    public override TensorType ResultType(Node node) => TensorType.Int;

    public override Scalar Forward(Scalar x) => x;
}
