using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using ModelGen.Graphs;

namespace ModelGen.Ops;

/// <summary>A value whose axes have labels, each once.</summary>
internal sealed record Labelled(Node Value, ImmutableArray<string> Labels)
{
    public bool Has(string label) => Labels.Contains(label);
}

/// <summary>Writes sums of products: the operands are multiplied from left to right, each pair as one product of matrices, or of elements where nothing is left to sum over.</summary>
internal sealed class EinsumLowering(GraphBuilder builder, IReadOnlyDictionary<string, Dim> sizes)
{
    public Node Write(IReadOnlyList<Labelled> operands, ImmutableArray<string> result)
    {
        List<Labelled> waiting = [.. operands.Select(Diagonals).Select(WithoutOnes)];
        Labelled product = waiting[0];
        for (int next = 1; next < waiting.Count; next++)
        {
            HashSet<string> later = [.. result.Concat(waiting.Skip(next + 1).SelectMany(operand => operand.Labels))];
            product = Multiply(Without(product, label => !later.Contains(label) && !waiting[next].Has(label)), Without(waiting[next], label => !later.Contains(label) && !product.Has(label)), later);
        }

        product = Without(product, label => !result.Contains(label));
        ImmutableArray<string> present = [.. result.Where(product.Has)];
        Node ordered = builder.Permute(product.Value, present.Select(label => product.Labels.IndexOf(label)));
        return builder.Reshape(ordered, Shape.Of(result.Select(label => sizes[label])));
    }

    /// <summary>
    /// The diagonal of two axes with one label. Behind their <c>n²</c> elements <c>n</c> more make <c>n</c> rows of <c>n + 1</c>, each of which begins on the diagonal.
    /// </summary>
    private Labelled Diagonals(Labelled operand)
    {
        string? twice = operand.Labels.FirstOrDefault(label => operand.Labels.Count(other => other == label) > 1);
        if (twice is null)
        {
            return operand;
        }

        int first = operand.Labels.IndexOf(twice);
        int second = operand.Labels.IndexOf(twice, first + 1);
        int[] kept = [.. Enumerable.Range(0, operand.Labels.Length).Where(axis => axis != first && axis != second)];
        Node turned = builder.Permute(operand.Value, kept.Append(first).Append(second));
        Dim size = operand.Value.Shape[first];
        Shape leading = Shape.Of(kept.Select(axis => operand.Value.Shape[axis]));
        Node flat = builder.Reshape(turned, Shape.Of(leading.Append(size * size)));
        Node longer = builder.Concat(leading.Rank, flat, builder.Fill(0, Shape.Of(leading.Append(size))));
        Node rows = builder.Reshape(longer, Shape.Of(leading.Append(size).Append(size + 1)));
        Node diagonal = builder.Part("Diagonal", part => part.Reshape(part.Slice(rows, leading.Rank + 1, Dim.Zero, Dim.One), Shape.Of(leading.Append(size))));
        return Diagonals(new Labelled(diagonal, [.. kept.Select(axis => operand.Labels[axis]), twice]));
    }

    /// <summary>Axes of size 1 say nothing: where the label has another size elsewhere, the value repeats along it.</summary>
    private Labelled WithoutOnes(Labelled operand)
    {
        int[] kept = [.. Enumerable.Range(0, operand.Labels.Length).Where(axis => operand.Value.Shape[axis] != Dim.One)];
        return new Labelled(builder.Reshape(operand.Value, Shape.Of(kept.Select(axis => operand.Value.Shape[axis]))), [.. kept.Select(axis => operand.Labels[axis])]);
    }

    /// <summary>Sums over axes.</summary>
    private Labelled Without(Labelled operand, System.Func<string, bool> isSummed)
    {
        int[] axes = [.. Enumerable.Range(0, operand.Labels.Length).Where(axis => isSummed(operand.Labels[axis]))];
        return axes.Length == 0
            ? operand
            : new Labelled(builder.Part("Sum", part => part.Sum(operand.Value, axes)), [.. operand.Labels.Where((_, axis) => !axes.Contains(axis))]);
    }

    /// <param name="later">The labels that are still needed.</param>
    private Labelled Multiply(Labelled a, Labelled b, HashSet<string> later)
    {
        ImmutableArray<string> both = [.. a.Labels.Where(b.Has)];
        ImmutableArray<string> batch = [.. both.Where(later.Contains)];
        ImmutableArray<string> summed = [.. both.Where(label => !later.Contains(label))];
        ImmutableArray<string> left = [.. a.Labels.Where(label => !b.Has(label))];
        ImmutableArray<string> right = [.. b.Labels.Where(label => !a.Has(label))];
        ImmutableArray<string> labels = [.. batch, .. left, .. right];
        if (summed.IsEmpty || (left.IsEmpty && right.IsEmpty))
        {
            ImmutableArray<string> all = [.. labels, .. summed];
            Node products = builder.Part("Products", part => part.Mul(Aligned(a, all), Aligned(b, all)));
            return Without(new Labelled(products, all), summed.Contains);
        }

        Node rows = Matrices(a, batch, left, summed);
        Node columns = Matrices(b, batch, summed, right);
        Node product = builder.Part("Product", part => part.MatMul(rows, columns));
        return new Labelled(builder.Reshape(product, Shape.Of(labels.Select(label => sizes[label]))), labels);
    }

    /// <summary>A value for every element of all labels.</summary>
    private Node Aligned(Labelled operand, ImmutableArray<string> all)
    {
        Shape shape = Shape.Of(all.Select(label => sizes[label]));
        ImmutableArray<string> present = [.. all.Where(operand.Has)];
        Node ordered = builder.Permute(operand.Value, present.Select(label => operand.Labels.IndexOf(label)));
        return builder.Broadcast(ordered, shape, present.Select(label => all.IndexOf(label)));
    }

    /// <summary>
    /// A batch of matrices, or one where the batch has no axes. An operand that is stored the other way round is turned at last, since a product reads it as it is.
    /// </summary>
    private Node Matrices(Labelled operand, ImmutableArray<string> batch, ImmutableArray<string> rows, ImmutableArray<string> columns)
    {
        bool isTurned = operand.Labels.SequenceEqual(batch.Concat(columns).Concat(rows)) && !operand.Labels.SequenceEqual(batch.Concat(rows).Concat(columns));
        (ImmutableArray<string> first, ImmutableArray<string> second) = isTurned ? (columns, rows) : (rows, columns);
        Node ordered = builder.Permute(operand.Value, batch.Concat(first).Concat(second).Select(label => operand.Labels.IndexOf(label)));
        int leading = batch.IsEmpty ? 0 : 1;
        Dim[] sides = [Size(first), Size(second)];
        Node matrices = builder.Reshape(ordered, Shape.Of(batch.IsEmpty ? sides : [Size(batch), .. sides]));
        return isTurned ? builder.Permute(matrices, leading == 0 ? [1, 0] : [0, 2, 1]) : matrices;
    }

    private Dim Size(ImmutableArray<string> labels) => Dim.Product(labels.Select(label => sizes[label]));
}
