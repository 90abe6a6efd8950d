using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>The elements along <c>axes</c> in reverse.</summary>
internal sealed class Flip : CompositeOp
{
    public override string? ListName => "axes";

    public override Shape InferShape(ShapeContext context)
    {
        Shape x = context.Input();
        int[] axes = [.. context.Attributes.Axes("axes").Select(axis => context.TryAxis(axis, x.Rank, out int counted) ? counted : -1).Where(axis => axis >= 0)];
        if (axes.Distinct().Count() < axes.Length)
        {
            context.Report(
                Diagnostics.DiagnosticCatalog.AxisOutOfRange,
                $"Flip is given the axes [{string.Join(", ", context.Attributes.Axes("axes"))}], of which two are the same: name each once");
        }

        return x;
    }

    public override Node Lower(LowerContext context) =>
        context.Builder.Flip(context.Input, context.Attributes.Axes("axes").Select(axis => AxisCount.FromStart(axis, context.Input.Shape.Rank)));
}

/// <summary>The whole tensor several times along its axes: <c>repeats</c> counts for the last axes, and for more axes than there are.</summary>
internal sealed class Tile : CompositeOp
{
    public override string? ListName => "repeats";

    public override Shape InferShape(ShapeContext context)
    {
        ImmutableArray<int> repeats = context.Attributes.Axes("repeats");
        (int[] counts, Shape x) = Aligned(repeats, context.Input());
        return repeats.Any(count => count < 0)
            ? context.Mismatch($"Tile cannot repeat {context.Named(0)} [{string.Join(", ", repeats)}] times: give counts of 0 or more", context.Input())
            : Shape.Of(x.Select((dim, axis) => dim * counts[axis]));
    }

    /// <summary><c>[2, 3]</c> twice each way: <c>[2, 3] → [2, 2, 2, 3]</c>, in which axes 0 and 2 repeat, <c>→ [4, 6]</c>.</summary>
    public override Node Lower(LowerContext context)
    {
        (int[] counts, Shape x) = Aligned(context.Attributes.Axes("repeats"), context.Input.Shape);
        List<Dim> dims = [];
        List<int> kept = [];
        for (int axis = 0; axis < x.Rank; axis++)
        {
            if (counts[axis] != 1)
            {
                dims.Add(counts[axis]);
            }

            kept.Add(dims.Count);
            dims.Add(x[axis]);
        }

        Node repeated = context.Builder.Part("Repeated", part => part.Broadcast(part.Reshape(context.Input, x), Shape.Of(dims), kept));
        return context.Builder.Reshape(repeated, context.Node.Shape);
    }

    /// <summary>Counts and axes, as many of each, aligned at the last.</summary>
    private static (int[] Counts, Shape X) Aligned(ImmutableArray<int> repeats, Shape x)
    {
        int rank = System.Math.Max(repeats.Length, x.Rank);
        return ([.. Enumerable.Repeat(1, rank - repeats.Length).Concat(repeats)], Shape.Of(Enumerable.Repeat(Dim.One, rank - x.Rank).Concat(x)));
    }
}
