using System;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Schedule;

/// <summary>
/// An iteration space: rows, whose axes are <paramref name="Outer"/>, of elements that lie one after another. A shape fits a space where some of its
/// leading axes multiply to the rows and the others to the row.
/// </summary>
internal sealed record RowSpace(ImmutableArray<Dim> Outer, Dim Inner)
{
    public Dim Rows { get; } = Dim.Product(Outer);

    public static RowSpace Of(Shape shape, int split) => new([.. shape.Take(split)], Dim.Product(shape.Skip(split)));

    /// <summary>The number of leading axes of a shape that are the rows, or null where the shape does not fit.</summary>
    public int? Split(Shape shape)
    {
        for (int split = shape.Rank; split >= 0; split--)
        {
            if (Dim.Product(shape.Take(split)) == Rows && Dim.Product(shape.Skip(split)) == Inner)
            {
                return split;
            }
        }

        return null;
    }

    /// <summary>The finer of two ways to divide the same rows into axes, or null where neither divides the other.</summary>
    public static ImmutableArray<Dim>? Finer(ImmutableArray<Dim> a, ImmutableArray<Dim> b)
    {
        (ImmutableArray<Dim> fine, ImmutableArray<Dim> coarse) = Ones(a) >= Ones(b) ? (a, b) : (b, a);
        return Expand([.. coarse.Select(_ => Dim.Zero)], coarse, fine) is null ? null : fine;
    }

    /// <summary>The strides along finer axes that say the same as strides along coarser ones, or null.</summary>
    public static ImmutableArray<Dim>? Expand(ImmutableArray<Dim> strides, ImmutableArray<Dim> coarse, ImmutableArray<Dim> fine)
    {
        Dim[] expanded = new Dim[fine.Length];
        int at = fine.Length - 1;
        for (int axis = coarse.Length - 1; axis >= 0; axis--)
        {
            Dim covered = Dim.One;
            while (at >= 0 && (covered != coarse[axis] || fine[at] == Dim.One))
            {
                expanded[at] = strides[axis] * covered;
                covered *= fine[at--];
            }

            if (covered != coarse[axis])
            {
                return null;
            }
        }

        for (; at >= 0 && fine[at] == Dim.One; at--)
        {
            expanded[at] = Dim.Zero;
        }

        return at < 0 ? [.. expanded] : null;
    }

    /// <summary>The strides along the axes of a kernel, which are finer, or one for all.</summary>
    public static ImmutableArray<Dim> Fit(ImmutableArray<Dim> strides, ImmutableArray<Dim> dims, ImmutableArray<Dim> outer) =>
        Expand(strides, dims, outer) ?? [Merge(strides, dims) ?? throw new InvalidOperationException($"[{string.Join(", ", dims)}] does not fit rows [{string.Join(", ", outer)}].")];

    /// <summary>One stride for several axes, or null where the elements are not evenly spaced.</summary>
    public static Dim? Merge(ImmutableArray<Dim> strides, ImmutableArray<Dim> dims)
    {
        Dim? merged = null;
        Dim covered = Dim.One;
        for (int axis = dims.Length - 1; axis >= 0; axis--)
        {
            if (dims[axis] == Dim.One)
            {
                continue;
            }

            if (merged is not null && strides[axis] != merged * covered)
            {
                return null;
            }

            merged ??= strides[axis];
            covered *= dims[axis];
        }

        return merged ?? Dim.Zero;
    }

    private static int Ones(ImmutableArray<Dim> dims) => dims.Count(dim => dim != Dim.One);
}
