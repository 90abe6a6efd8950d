using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;

namespace ModelGen.Entries;

/// <summary>Reads <c>sum = product (± product)*</c>, <c>product = factor (* factor)*</c>, <c>factor = number | name | -factor |
/// (sum)</c>.</summary>
internal sealed class DimensionParser(string text)
{
    private int position;

    public ImmutableArray<DimensionTerm> Parse()
    {
        List<DimensionTerm> terms = Sum();
        return Peek() == '\0' ? [.. terms] : throw Unexpected();
    }

    private List<DimensionTerm> Sum()
    {
        List<DimensionTerm> terms = Product();
        while (Peek() is '+' or '-')
        {
            bool negative = text[position++] == '-';
            terms.AddRange(negative ? Negated(Product()) : Product());
        }

        return terms;
    }

    private List<DimensionTerm> Product()
    {
        List<DimensionTerm> terms = Factor();
        while (Peek() == '*')
        {
            position++;
            List<DimensionTerm> right = Factor();
            terms = [.. Pairs(terms, right)];
        }

        return terms;
    }

    private List<DimensionTerm> Factor()
    {
        switch (Peek())
        {
            case '-':
                position++;
                return Negated(Factor());
            case '(':
                position++;
                List<DimensionTerm> inner = Sum();
                return Peek() == ')' && position++ >= 0 ? inner : throw Unexpected();
            case char c when char.IsAsciiDigit(c):
                return [new DimensionTerm(Number(), [])];
            case char c when char.IsLetter(c) || c == '_':
                return [new DimensionTerm(1, [Word()])];
            default:
                throw Unexpected();
        }
    }

    private long Number()
    {
        string digits = Word();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw Unexpected();
    }

    private string Word()
    {
        int start = position;
        while (position < text.Length && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '.'))
        {
            position++;
        }

        return text[start..position];
    }

    private char Peek()
    {
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        return position < text.Length ? text[position] : '\0';
    }

    private static IEnumerable<DimensionTerm> Pairs(List<DimensionTerm> left, List<DimensionTerm> right)
    {
        foreach (DimensionTerm a in left)
        {
            foreach (DimensionTerm b in right)
            {
                yield return a.Times(b);
            }
        }
    }

    private static List<DimensionTerm> Negated(List<DimensionTerm> terms) =>
        terms.ConvertAll(term => term with { Coefficient = checked(-term.Coefficient) });

    private FormatException Unexpected() => new($"'{text}' is not a dimension: it was not understood at position {position + 1}.");
}
