using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A word that reduces over one axis (<c>axis</c>), several (<c>axes</c>) or all, and keeps them as 1 where <c>keepDims</c> says so.</summary>
internal abstract class ReductionWord : CompositeOp
{
    public override string? ListName => "axes";

    public override Shape InferShape(ShapeContext context)
    {
        Shape shape = context.Input();
        ImmutableArray<int> axes = [.. Axes(context.Attributes, shape.Rank).Select(axis => context.TryAxis(axis, shape.Rank, out int counted) ? counted : -1)];
        if (axes.Distinct().Count() < axes.Length)
        {
            context.Report(Diagnostics.DiagnosticCatalog.AxisOutOfRange, $"{Name} is given the axes [{string.Join(", ", Axes(context.Attributes, shape.Rank))}], of which two are the same: name each once");
            axes = [.. axes.Distinct()];
        }

        Check(context, [.. axes.Where(axis => axis >= 0)]);
        return context.Attributes.Get("keepDims", false) ? Kept(shape, axes) : shape.Without(axes);
    }

    public override Node Lower(LowerContext context)
    {
        Shape shape = context.Input.Shape;
        ImmutableArray<int> axes = [.. Axes(context.Attributes, shape.Rank).Select(axis => axis < 0 ? axis + shape.Rank : axis)];
        Node reduced = Lower(context, axes);
        return context.Attributes.Get("keepDims", false) ? context.Builder.Reshape(reduced, Kept(shape, axes)) : reduced;
    }

    /// <summary>The number of elements that a node of such a word makes one of.</summary>
    public static Dim Count(Node node)
    {
        Shape shape = node.Input.Shape;
        return Dim.Product(Axes(node.Attributes, shape.Rank).Select(axis => shape[axis < 0 ? axis + shape.Rank : axis]));
    }

    /// <summary>Whether a node of the word compares elements, so that there must be one.</summary>
    public virtual bool Compares(Node node) => false;

    protected abstract Node Lower(LowerContext context, ImmutableArray<int> axes);

    /// <summary>Reports what else the word needs of its arguments.</summary>
    /// <param name="axes">The axes that exist, counted from the start.</param>
    protected virtual void Check(ShapeContext context, ImmutableArray<int> axes)
    {
        if (Compares(context.Node) && axes.Any(axis => context.Input()[axis] == Dim.Zero))
        {
            context.Mismatch($"{Name} has nothing to compare, because {context.Describe(0)}: give the axis at least one element", context.Input());
        }
    }

    private static IEnumerable<int> Axes(AttributeSet attributes, int rank) =>
        attributes.Has("axis") ? [attributes.Get<int>("axis")]
        : attributes.Has("axes") ? attributes.Axes("axes")
        : Enumerable.Range(0, rank);

    private static Shape Kept(Shape shape, ImmutableArray<int> axes) => Shape.Of(shape.Select((dim, axis) => axes.Contains(axis) ? Dim.One : dim));
}

/// <summary><c>y = Σ x</c></summary>
internal sealed class Sum : ReductionWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => context.Builder.Sum(context.Input, axes);
}

/// <summary><c>y = Σ x / n</c></summary>
internal sealed class Mean : ReductionWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => context.Builder.Mean(context.Input, axes);
}

/// <summary><c>y = Π x</c></summary>
internal sealed class Prod : ReductionWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => context.Builder.Product(context.Input, axes);
}

/// <summary>A reduction that compares elements, so that there must be one.</summary>
internal abstract class ExtremeWord : ReductionWord
{
    public override bool Compares(Node node) => true;
}

/// <summary><c>y = max x</c>; NaN where any element is.</summary>
internal sealed class Max : ExtremeWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => context.Builder.Max(context.Input, axes);
}

/// <summary><c>y = min x = −max −x</c>; NaN where any element is.</summary>
internal sealed class Min : ExtremeWord
{
    protected override Node Lower(LowerContext context, ImmutableArray<int> axes) => context.Builder.Min(context.Input, axes);
}
