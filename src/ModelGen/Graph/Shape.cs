using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen.Graphs;

/// <summary>The dimensions of a value; no dimensions make a scalar.</summary>
internal sealed class Shape(ImmutableArray<Dim> dims) : IEquatable<Shape>, IReadOnlyList<Dim>
{
    public static Shape Scalar { get; } = new(ImmutableArray<Dim>.Empty);

    public ImmutableArray<Dim> Dims { get; } = dims;

    public int Rank => Dims.Length;

    public int Count => Dims.Length;

    /// <summary>Gets the number of elements.</summary>
    public Dim Size => Dim.Product(Dims);

    public Dim this[int axis] => Dims[axis];

    public static Shape Of(params Dim[] dims) => new([.. dims]);

    public static Shape Of(IEnumerable<Dim> dims) => new([.. dims]);

    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    public static bool operator !=(Shape? a, Shape? b) => !(a == b);

    public Shape Without(IEnumerable<int> axes) => Of(Dims.Where((_, axis) => !axes.Contains(axis)));

    public Shape With(int axis, Dim dim) => new(Dims.SetItem(axis, dim));

    public bool Equals(Shape? other) => other is not null && Dims.SequenceEqual(other.Dims);

    public override bool Equals(object? obj) => Equals(obj as Shape);

    public override int GetHashCode() => Dims.Aggregate(17, (hash, dim) => unchecked((hash * 31) + dim.GetHashCode()));

    public override string ToString() => "[" + string.Join(", ", Dims) + "]";

    public IEnumerator<Dim> GetEnumerator() => ((IEnumerable<Dim>)Dims).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
