using System.Collections.Generic;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary><c>x[.., 1..4, 0]</c>: a range for each of the first axes; an index drops its axis. The ranges are in <c>ranges</c>.</summary>
internal sealed class Index : CompositeOp
{
    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        EquatableArray<RangeSpec> ranges = context.Attributes.Get<EquatableArray<RangeSpec>>("ranges");
        if (ranges.Count > x.Rank)
        {
            return context.Mismatch($"The index has {ranges.Count} parts, but {context.Describe(0)}: drop {ranges.Count - x.Rank} of them", x);
        }

        List<Dim> dims = [];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            RangeSpec range = axis < ranges.Count ? ranges[axis] : Whole;
            (Dim start, Dim length) = Bounds(range, x[axis]);
            if (IsNegative(start) || IsNegative(length) || IsNegative(x[axis] - start - length))
            {
                context.Mismatch($"Part {axis + 1} of the index is outside of axis {axis}: {context.Describe(0)}", x);
                length = Dim.One;
            }

            if (!range.IsIndex)
            {
                dims.Add(length);
            }
        }

        return Shape.Of(dims);
    }

    public override Node Lower(LowerContext context)
    {
        EquatableArray<RangeSpec> ranges = context.Attributes.Get<EquatableArray<RangeSpec>>("ranges");
        Node value = context.Input;
        for (int axis = 0; axis < ranges.Count; axis++)
        {
            (Dim start, Dim length) = Bounds(ranges[axis], context.Input.Shape[axis]);
            value = context.Builder.Slice(value, axis, start, length);
        }

        return context.Builder.Reshape(value, context.Node.Shape);
    }

    /// <summary>Whether a dimension is negative whatever its names are.</summary>
    private static bool IsNegative(Dim dim) => dim.IsConstant && dim.Value < 0;

    private static RangeSpec Whole { get; } = new(false, null, false, null, false);

    private static (Dim Start, Dim Length) Bounds(RangeSpec range, Dim size)
    {
        Dim start = range.Start is { } first ? At(first, range.StartFromEnd) : Dim.Zero;
        Dim end = range.IsIndex ? start + 1 : range.End is { } last ? At(last, range.EndFromEnd) : size;
        return (start, end - start);

        Dim At(int index, bool fromEnd) => fromEnd ? size - index : index;
    }
}
