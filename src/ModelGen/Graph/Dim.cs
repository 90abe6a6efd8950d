using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;

namespace ModelGen.Graphs;

/// <summary>
/// A dimension: a polynomial with integer coefficients over named dimensions, kept in a canonical form, so that equal means equal.
/// <c>784</c>, <c>batch</c> and <c>4*width + 1</c> are dimensions.
/// </summary>
internal sealed class Dim : IEquatable<Dim>
{
    /// <summary>Coefficients by monomial; a monomial is its names, ordered and joined by <c>*</c>, the constant one is empty.</summary>
    private readonly ImmutableSortedDictionary<string, long> terms;

    private Dim(ImmutableSortedDictionary<string, long> terms) => this.terms = terms;

    public static Dim One { get; } = Of(1);

    public static Dim Zero { get; } = Of(0);

    public bool IsConstant => terms.Count == 0 || (terms.Count == 1 && terms.ContainsKey(string.Empty));

    /// <summary>Gets the constant's value.</summary>
    public long Value => terms.TryGetValue(string.Empty, out long value) ? value : 0;

    public IEnumerable<string> Names => terms.Keys.SelectMany(Split).Distinct(StringComparer.Ordinal);

    public static implicit operator Dim(long value) => Of(value);

    public static Dim operator +(Dim a, Dim b) => Collect(a.terms.Concat(b.terms));

    public static Dim operator -(Dim a, Dim b) => a + (Of(-1) * b);

    public static Dim operator *(Dim a, Dim b) =>
        Collect(from x in a.terms from y in b.terms select Pair(Join(x.Key, y.Key), x.Value * y.Value));

    public static bool operator ==(Dim a, Dim b) => a.Equals(b);

    public static bool operator !=(Dim a, Dim b) => !a.Equals(b);

    public static Dim Of(long value) => Collect([Pair(string.Empty, value)]);

    public static Dim Named(string name) => Collect([Pair(name, 1)]);

    public static Dim Product(IEnumerable<Dim> dims) => dims.Aggregate(One, (a, b) => a * b);

    /// <summary>Divides where every term divides; <c>(4*width) / 2</c> does, <c>width / 2</c> does not.</summary>
    public bool TryDivide(Dim divisor, out Dim quotient)
    {
        quotient = Zero;
        if (divisor.terms.Count != 1)
        {
            return this == divisor && (quotient = One) is not null;
        }

        KeyValuePair<string, long> by = divisor.terms.First();
        foreach (KeyValuePair<string, long> term in terms)
        {
            if (term.Value % by.Value != 0 || !TryRemove(term.Key, by.Key, out string rest))
            {
                return false;
            }

            quotient += Collect([Pair(rest, term.Value / by.Value)]);
        }

        return true;
    }

    public Dim Substitute(Func<string, Dim> value) =>
        terms.Aggregate(Zero, (sum, term) => sum + Split(term.Key).Aggregate(Of(term.Value), (product, name) => product * value(name)));

    public long Evaluate(Func<string, long> value) =>
        terms.Sum(term => Split(term.Key).Aggregate(term.Value, (product, name) => product * value(name)));

    /// <summary>Whether this is at least <paramref name="other"/> for all dimensions that are not negative.</summary>
    public bool IsAtLeast(Dim other) => (this - other).terms.Values.All(coefficient => coefficient >= 0);

    public bool Equals(Dim? other) => other is not null && terms.SequenceEqual(other.terms);

    public override bool Equals(object? obj) => Equals(obj as Dim);

    public override int GetHashCode() => terms.Aggregate(17, (hash, t) => unchecked((hash * 31) + StringComparer.Ordinal.GetHashCode(t.Key) + (int)t.Value));

    /// <summary>The expression as C# and users write it: <c>4*width + 1</c>.</summary>
    public override string ToString()
    {
        string text = string.Join(" + ", terms.Reverse().Select(TermText));
        return text.Length == 0 ? "0" : text.Replace("+ -", "- ");
    }

    /// <summary>The expression with names as the caller spells them, and spaces around <c>*</c>: <c>4 * width + 1</c>.</summary>
    public string ToText(Func<string, string> spell)
    {
        string text = string.Join(" + ", terms.Reverse().Select(term => TermText(term.Value, Split(term.Key).Select(spell))));
        return text.Length == 0 ? "0" : text.Replace("+ -", "- ");
    }

    private static string TermText(long coefficient, IEnumerable<string> factors)
    {
        string product = string.Join(" * ", factors);
        string number = coefficient.ToString(CultureInfo.InvariantCulture);
        return product.Length == 0 ? number : coefficient == 1 ? product : number + " * " + product;
    }

    private static string TermText(KeyValuePair<string, long> term)
    {
        string number = term.Value.ToString(CultureInfo.InvariantCulture);
        return term.Key.Length == 0 ? number : term.Value == 1 ? term.Key : number + "*" + term.Key;
    }

    private static KeyValuePair<string, long> Pair(string key, long value) => new(key, value);

    private static Dim Collect(IEnumerable<KeyValuePair<string, long>> terms) =>
        new(terms.GroupBy(t => t.Key, t => t.Value)
            .Select(group => Pair(group.Key, group.Sum()))
            .Where(term => term.Value != 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static string[] Split(string monomial) => monomial.Length == 0 ? [] : monomial.Split('*');

    private static string Join(string a, string b) => string.Join("*", Split(a).Concat(Split(b)).OrderBy(name => name, StringComparer.Ordinal));

    private static bool TryRemove(string monomial, string factor, out string rest)
    {
        List<string> names = [.. Split(monomial)];
        bool all = Split(factor).All(names.Remove);
        rest = string.Join("*", names);
        return all;
    }
}
