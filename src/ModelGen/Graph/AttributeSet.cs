using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace ModelGen.Graphs;

/// <summary>The constants that belong to a node: axes, an epsilon, a layer's path. Value-equal and printed in the order of their names.</summary>
internal sealed class AttributeSet : IEquatable<AttributeSet>
{
    private readonly ImmutableSortedDictionary<string, object> values;

    private AttributeSet(ImmutableSortedDictionary<string, object> values) => this.values = values;

    public static AttributeSet Empty { get; } = new(ImmutableSortedDictionary<string, object>.Empty.WithComparers(StringComparer.Ordinal));

    public bool IsEmpty => values.IsEmpty;

    public IEnumerable<string> Names => values.Keys;

    public static AttributeSet Of(string name, object value) => Empty.With(name, value);

    public AttributeSet With(string name, object value) =>
        new(values.SetItem(name, value is IEnumerable<int> list and not ImmutableArray<int> ? list.ToImmutableArray() : value));

    public AttributeSet Without(string name) => new(values.Remove(name));

    /// <summary>The set with what it lacks of another one.</summary>
    public AttributeSet Or(AttributeSet defaults) => new(defaults.values.SetItems(values));

    public bool Has(string name) => values.ContainsKey(name);

    public T Get<T>(string name, T otherwise)
        where T : notnull => values.TryGetValue(name, out object? value) ? (T)value : otherwise;

    public T Get<T>(string name) => (T)values[name];

    /// <summary>A number that the user may have written as an integer.</summary>
    public double Number(string name, double otherwise) => values.TryGetValue(name, out object? value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>The set with every dimension replaced.</summary>
    public AttributeSet Resolve(Func<Dim, Dim> resolve) => new(values.ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value switch
    {
        Dim dim => resolve(dim),
        ImmutableArray<Dim> dims => dims.Select(resolve).ToImmutableArray(),
        object other => other,
    }, StringComparer.Ordinal));

    public ImmutableArray<int> Axes(string name) => Get(name, ImmutableArray<int>.Empty);

    public ImmutableArray<Dim> Dims(string name) => Get(name, ImmutableArray<Dim>.Empty);

    public bool Equals(AttributeSet? other) =>
        other is not null && values.Count == other.values.Count && values.All(pair => other.values.TryGetValue(pair.Key, out object? value) && Same(pair.Value, value));

    public override bool Equals(object? obj) => Equals(obj as AttributeSet);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() => string.Join(", ", values.Select(pair => pair.Key + "=" + Text(pair.Value)));

    private static bool Same(object a, object b) => (a, b) switch
    {
        (ImmutableArray<int> x, ImmutableArray<int> y) => x.SequenceEqual(y),
        (ImmutableArray<Dim> x, ImmutableArray<Dim> y) => x.SequenceEqual(y),
        _ => a.Equals(b),
    };

    private static string Text(object value) => value switch
    {
        ImmutableArray<int> list => "[" + string.Join(", ", list) + "]",
        ImmutableArray<Dim> list => "[" + string.Join(", ", list) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
