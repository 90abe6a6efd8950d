using System;
using System.Text.RegularExpressions;

namespace ModelGen;

/// <summary>Cuts text into the tokens that a regular expression matches.</summary>
internal sealed class TokenPattern
{
    // A match takes a time linear in the text, whatever the pattern is: one may come from a file.
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex regex;

    /// <param name="pattern">The regular expression.</param>
    /// <param name="lowerCase">Whether text is changed to lower case before.</param>
    /// <exception cref="ArgumentException">The pattern is none, or needs to look around or back.</exception>
    public TokenPattern(string pattern, bool lowerCase)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        (Text, LowerCase) = (pattern, lowerCase);
        try
        {
            regex = new Regex(pattern, Options);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' cannot be used: a pattern cannot look around or back, or be very large, so that the time for a match stays in bounds.", nameof(pattern), e);
        }
    }

    /// <summary>Gets the regular expression.</summary>
    public string Text { get; }

    /// <summary>Gets a value indicating whether text is changed to lower case before.</summary>
    public bool LowerCase { get; }

    /// <summary>Passes each token on; matches of no length are none.</summary>
    public void Split(string text, Action<ReadOnlySpan<char>> use)
    {
        ReadOnlySpan<char> cased = LowerCase ? text.ToLowerInvariant() : text;
        foreach (ValueMatch match in regex.EnumerateMatches(cased))
        {
            if (match.Length > 0)
            {
                use(cased.Slice(match.Index, match.Length));
            }
        }
    }
}
