using System;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>NumPy's rule of broadcasting.</summary>
internal static class Broadcasting
{
    /// <summary>The shape that all inputs broadcast to; what does not fit is reported.</summary>
    public static Shape Infer(ShapeContext context)
    {
        Shape result = context.Input();
        for (int index = 1; index < context.Inputs.Length; index++)
        {
            result = Join(result, context.Input(index)) ?? context.Mismatch(Message(context, index), Longer(result, context.Input(index)));
        }

        return result;
    }

    /// <summary>The shape that both broadcast to, or null.</summary>
    public static Shape? Join(Shape a, Shape b)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        Dim?[] dims = [.. Enumerable.Range(0, rank).Select(axis => Join(At(a, axis, rank), At(b, axis, rank)))];
        return dims.Any(dim => dim is null) ? null : Shape.Of(dims!);
    }

    /// <summary>Repeats a value to a shape that it broadcasts to; scalars stay as they are, since every primitive takes them.</summary>
    public static Node To(GraphBuilder builder, Node value, Shape shape)
    {
        if (value.Shape == shape || value.Shape.Rank == 0)
        {
            return value;
        }

        int shift = shape.Rank - value.Shape.Rank;
        int[] kept = [.. Enumerable.Range(0, value.Shape.Rank).Where(axis => value.Shape[axis] == shape[axis + shift])];
        Node squeezed = builder.Reshape(value, Shape.Of(kept.Select(axis => value.Shape[axis])));
        return builder.Broadcast(squeezed, shape, kept.Select(axis => axis + shift));
    }

    private static Dim At(Shape shape, int axis, int rank) => axis < rank - shape.Rank ? Dim.One : shape[axis - rank + shape.Rank];

    private static Dim? Join(Dim a, Dim b) => a == b || b == Dim.One ? a : a == Dim.One ? b : null;

    private static string Message(ShapeContext context, int index) =>
        $"{context.Node.Op.Name} cannot combine its inputs: {context.Describe(0)}, but {context.Describe(index)}. "
        + "Aligned at the last axis, dimensions must be equal or 1: change one of the shapes, or Reshape it to say which axis repeats";

    private static Shape Longer(Shape a, Shape b) => a.Rank >= b.Rank ? a : b;
}
