using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using ModelGen.Graphs;
using ModelGen.Specs;

namespace ModelGen.Ops;

/// <summary>
/// One part of a tensor that is cut along <c>axis</c> into parts of a <c>size</c>, of which the last may be smaller, or of <c>sizes</c>. Which part is in <c>part</c>;
/// <c>parts</c> says how many the user takes apart, if that is known.
/// </summary>
internal sealed class Split : CompositeOp
{
    public override string? ListName => "sizes";

    public override TensorType ResultType(Node node) => node.Input.Type;

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        if (!context.TryAxis(context.Attributes.Get("axis", 0), x.Rank, out int axis))
        {
            return x;
        }

        string? problem = context.Attributes.Has("sizes") ? ProblemOfSizes(context, x[axis]) : ProblemOfSize(context, x[axis]);
        return problem is null ? x.With(axis, Bounds(context.Attributes, x[axis]).Length) : context.Mismatch($"Split {problem}: {context.Describe(0)}", x.With(axis, Dim.One));
    }

    public override Node Lower(LowerContext context)
    {
        int axis = AxisCount.FromStart(context.Attributes.Get("axis", 0), context.Input.Shape.Rank);
        (Dim start, Dim length) = Bounds(context.Attributes, context.Input.Shape[axis]);
        return context.Builder.Slice(context.Input, axis, start, length);
    }

    private static string? ProblemOfSizes(ShapeContext context, Dim size)
    {
        ImmutableArray<int> sizes = context.Attributes.Axes("sizes");
        return sizes.Any(part => part < 0) || Dim.Of(sizes.Sum()) != size
            ? $"cuts {size} elements into parts of [{string.Join(", ", sizes)}], which are {Text(sizes.Sum())}; give sizes of 0 or more whose sum is {size}"
            : Taken(context, sizes.Length);
    }

    private static string? ProblemOfSize(ShapeContext context, Dim size)
    {
        int part = context.Attributes.Get<int>("size");
        return part < 1 ? $"cannot make parts of {Text(part)} elements; give a size of at least 1"
            : !size.IsConstant ? $"needs to know how many parts of {Text(part)} elements {size} elements are; give the sizes of all parts, or a number for that dimension in [Shape]"
            : Taken(context, (int)System.Math.Max((size.Value + part - 1) / part, 1));
    }

    private static string? Taken(ShapeContext context, int count)
    {
        int part = context.Attributes.Get<int>("part");
        int parts = context.Attributes.Get("parts", count);
        return parts != count ? $"makes {Text(count)} parts, and {Text(parts)} are taken; take {Text(count)}"
            : part >= count ? $"makes {Text(count)} parts, and there is no part {Text(part)}; use an index below {Text(count)}"
            : null;
    }

    private static (Dim Start, Dim Length) Bounds(AttributeSet attributes, Dim size)
    {
        int part = attributes.Get<int>("part");
        if (attributes.Has("sizes"))
        {
            ImmutableArray<int> sizes = attributes.Axes("sizes");
            return (sizes.Take(part).Sum(), sizes[part]);
        }

        int length = attributes.Get<int>("size");
        return (part * length, System.Math.Min(length, size.Value - (part * length)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
