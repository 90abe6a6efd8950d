using System;
using System.Text;

namespace ModelGen;

/// <summary>Joins words and punctuation so that people can read them.</summary>
internal sealed class Prose
{
    private const string Quote = "\"";

    // A hyphen stands without spaces on both sides: well-bred, and of two the dash of older prints, himself--and.
    private const string NoSpaceBefore = ".,;:!?)]}-";
    private const string NoSpaceAfter = "([{-";

    private readonly StringBuilder text = new();
    private bool quoteIsOpen;
    private bool isAttached = true;

    public void Add(string token)
    {
        bool closes = token == Quote ? quoteIsOpen : NoSpaceBefore.Contains(token[0], StringComparison.Ordinal);
        text.Append(isAttached || closes ? string.Empty : " ").Append(token);
        quoteIsOpen ^= token == Quote;
        isAttached = token == Quote ? quoteIsOpen : NoSpaceAfter.Contains(token[^1], StringComparison.Ordinal);
    }

    public override string ToString() => text.ToString();
}
