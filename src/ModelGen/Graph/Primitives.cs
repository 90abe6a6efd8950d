using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Ops;
using ModelGen.Specs;

namespace ModelGen.Graphs;

/// <summary>The primitives, with their shapes, as calls on a builder: what composites, gradients and passes write with.</summary>
internal static class Primitives
{
    public static Node Constant(this GraphBuilder builder, double value) =>
        builder.Add(Catalog<Constant>.Op, [], AttributeSet.Of("value", value), Shape.Scalar);

    /// <summary>A dimension as a number to calculate with.</summary>
    public static Node DimValue(this GraphBuilder builder, Dim dim) =>
        dim.IsConstant ? builder.Constant(dim.Value) : builder.Add(Catalog<DimValue>.Op, [], AttributeSet.Of("dim", dim), Shape.Scalar);

    /// <summary>The index along an axis, at every element.</summary>
    public static Node Iota(this GraphBuilder builder, Shape shape, int axis) =>
        builder.Add(Catalog<Iota>.Op, [], AttributeSet.Of("axis", axis), shape);

    /// <summary>An elementwise op on values of one shape, or scalars.</summary>
    public static Node Elementwise<TOp>(this GraphBuilder builder, params Node[] inputs)
        where TOp : ElementwiseOp, new() => builder.Elementwise(Catalog<TOp>.Op, inputs);

    public static Node Elementwise(this GraphBuilder builder, ElementwiseOp op, params Node[] inputs)
    {
        Shape shape = inputs.Select(input => input.Shape).Aggregate((a, b) => a.Rank >= b.Rank ? a : b);
        return builder.Add(op, inputs, null, shape);
    }

    public static Node Add(this GraphBuilder builder, Node a, Node b) => builder.Elementwise<Add>(a, b);

    public static Node Sub(this GraphBuilder builder, Node a, Node b) => builder.Elementwise<Sub>(a, b);

    public static Node Mul(this GraphBuilder builder, Node a, Node b) => builder.Elementwise<Mul>(a, b);

    public static Node Div(this GraphBuilder builder, Node a, Node b) => builder.Elementwise<Div>(a, b);

    /// <summary>Writes a formula as nodes. A formula without inputs becomes a scalar.</summary>
    public static Node Formula(this GraphBuilder builder, Scalar formula, IReadOnlyList<Node> inputs, Shape shape)
    {
        Node value = builder.Expand(formula, inputs, []);
        return value.Shape == shape || shape.Rank == 0 ? value : builder.Broadcast(value, shape, []);
    }

    /// <summary>Repeats a value: its axes become the named axes of the result, in order.</summary>
    public static Node Broadcast(this GraphBuilder builder, Node x, Shape shape, IEnumerable<int> axes) =>
        x.Shape == shape ? x : builder.Add(Catalog<Broadcast>.Op, [x], AttributeSet.Of("axes", axes.ToImmutableArray()), shape, x.Type);

    /// <summary>Sums over axes, which disappear.</summary>
    public static Node Sum(this GraphBuilder builder, Node x, IEnumerable<int> axes) => builder.Reduce(Catalog<ReduceSum>.Op, x, axes);

    /// <summary>The maximum over axes, which disappear.</summary>
    public static Node Max(this GraphBuilder builder, Node x, IEnumerable<int> axes) => builder.Reduce(Catalog<ReduceMax>.Op, x, axes);

    /// <summary>The product over axes, which disappear.</summary>
    public static Node Product(this GraphBuilder builder, Node x, IEnumerable<int> axes) => builder.Reduce(Catalog<ReduceProduct>.Op, x, axes);

    public static Node Reduce(this GraphBuilder builder, ReduceOp op, Node x, IEnumerable<int> axes)
    {
        ImmutableArray<int> reduced = [.. axes.OrderBy(axis => axis)];
        return reduced.IsEmpty ? x : builder.Add(op, [x], AttributeSet.Of("axes", reduced), x.Shape.Without(reduced));
    }

    /// <summary>Reads the same elements in the same order with other dimensions.</summary>
    public static Node Reshape(this GraphBuilder builder, Node x, Shape shape) =>
        x.Shape == shape ? x : builder.Add(Catalog<ReshapeTo>.Op, [x], AttributeSet.Empty, shape, x.Type);

    /// <summary>Axis <c>i</c> of the result is axis <c>order[i]</c> of the input.</summary>
    public static Node Permute(this GraphBuilder builder, Node x, IEnumerable<int> order)
    {
        ImmutableArray<int> axes = [.. order];
        return axes.SequenceEqual(Enumerable.Range(0, axes.Length))
            ? x
            : builder.Add(Catalog<PermuteTo>.Op, [x], AttributeSet.Of("order", axes), Shape.Of(axes.Select(axis => x.Shape[axis])), x.Type);
    }

    /// <summary>The elements from <paramref name="start"/> on along one axis.</summary>
    public static Node Slice(this GraphBuilder builder, Node x, int axis, Dim start, Dim length) =>
        x.Shape[axis] == length
            ? x
            : builder.Add(Catalog<SliceOf>.Op, [x], AttributeSet.Of("axis", axis).With("start", start), x.Shape.With(axis, length), x.Type);

    /// <summary>Reverses the elements along axes.</summary>
    public static Node Flip(this GraphBuilder builder, Node x, IEnumerable<int> axes)
    {
        ImmutableArray<int> reversed = [.. axes.Where(axis => x.Shape[axis] != Dim.One).OrderBy(axis => axis)];
        return reversed.IsEmpty ? x : builder.Add(Catalog<FlipOf>.Op, [x], AttributeSet.Of("axes", reversed), x.Shape, x.Type);
    }

    /// <summary>Lays values one after another along an axis.</summary>
    public static Node Concat(this GraphBuilder builder, int axis, params Node[] parts)
    {
        Dim length = parts.Aggregate(Dim.Zero, (sum, part) => sum + part.Shape[axis]);
        return parts.Length == 1 ? parts[0] : builder.Add(Catalog<ConcatAlong>.Op, parts, AttributeSet.Of("axis", axis), parts[0].Shape.With(axis, length));
    }

    /// <summary>A shape full of one number.</summary>
    public static Node Fill(this GraphBuilder builder, double value, Shape shape) => builder.Broadcast(builder.Constant(value), shape, []);

    /// <summary>
    /// The product of matrices, the last two axes; a transposed operand is stored the other way round. Leading axes, if any, are the same on both.
    /// </summary>
    public static Node MatMul(this GraphBuilder builder, Node a, Node b, bool transposeA = false, bool transposeB = false)
    {
        int rank = a.Shape.Rank;
        Dim m = a.Shape[transposeA ? rank - 1 : rank - 2];
        Dim n = b.Shape[transposeB ? rank - 2 : rank - 1];
        AttributeSet attributes = AttributeSet.Empty;
        attributes = transposeA ? attributes.With("transposeA", true) : attributes;
        attributes = transposeB ? attributes.With("transposeB", true) : attributes;
        return builder.Add(Catalog<MatrixProduct>.Op, [a, b], attributes, Shape.Of(a.Shape.Take(rank - 2).Concat([m, n])));
    }

    /// <summary>What lies at indices: see <see cref="IndexedOp"/>.</summary>
    public static Node Gather(this GraphBuilder builder, Node x, Node indices) =>
        builder.Add(Catalog<GatherAlong>.Op, [x, indices], AttributeSet.Empty, x.Shape.With(1, indices.Shape[1]));

    /// <summary>The sums of what goes to each of <paramref name="size"/> places.</summary>
    public static Node ScatterSum(this GraphBuilder builder, Node source, Node indices, Dim size) =>
        builder.Add(Catalog<ScatterSum>.Op, [source, indices], AttributeSet.Empty, source.Shape.With(1, size));

    /// <summary>A value with other elements at indices.</summary>
    public static Node Scatter(this GraphBuilder builder, Node x, Node source, Node indices) =>
        builder.Add(Catalog<ScatterAlong>.Op, [x, source, indices], AttributeSet.Empty, x.Shape);

    /// <summary>The value, without a way back for gradients.</summary>
    public static Node Stop(this GraphBuilder builder, Node x) => builder.Add(Catalog<StopGradient>.Op, [x], AttributeSet.Empty, x.Shape);

    /// <summary>A number of a template whose other results are its gradients with respect to the first inputs.</summary>
    public static Node WithGradients(this GraphBuilder builder, TemplateOp op, ImmutableArray<Node> inputs, AttributeSet attributes)
    {
        Origin origin = builder.Origin;
        Node value = builder.Add(op, inputs, attributes, Shape.Scalar);
        Node[] gradients = [.. op.Others(value).Select((shape, index) =>
        {
            builder.Origin = origin with { Name = GradientName(inputs[index]), IsGradient = true };
            return builder.Add(Catalog<TemplateResult>.Op, [value], AttributeSet.Of("index", index), shape);
        })];
        builder.Origin = origin;
        return builder.Add(Catalog<KnownGradient>.Op, [value, .. inputs.Take(gradients.Length), .. gradients], AttributeSet.Empty, Shape.Scalar);
    }

    /// <summary>The name of a value's gradient: <c>hidden</c> → <c>dHidden</c>; nothing for what has none.</summary>
    public static string GradientName(Node value)
    {
        string name = value.Origin.FullName;
        return value.Op is ReshapeTo ? GradientName(value.Input) : name.Length == 0 ? string.Empty : "d" + char.ToUpperInvariant(name[0]) + name.Substring(1);
    }

    /// <summary>The results of a loop: the carried values after the last iteration, then the stacked ones.</summary>
    public static Node LoopResult(this GraphBuilder builder, Node loop, int index, Shape shape, TensorType type = TensorType.Float) =>
        builder.Add(Catalog<LoopResult>.Op, [loop], AttributeSet.Of("index", index), shape, type);

    private static Node Expand(this GraphBuilder builder, Scalar formula, IReadOnlyList<Node> inputs, Dictionary<Scalar, Node> done)
    {
        if (done.TryGetValue(formula, out Node known))
        {
            return known;
        }

        Node value = formula switch
        {
            ScalarInput input => inputs[input.Index],
            ScalarConstant constant => builder.Constant(constant.Value),
            _ => builder.Elementwise(((ScalarCall)formula).Op, [.. ((ScalarCall)formula).Arguments.Select(argument => builder.Expand(argument, inputs, done))]),
        };
        return done[formula] = value;
    }
}
