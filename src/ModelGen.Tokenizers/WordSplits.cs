using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace ModelGen;

/// <summary>Cuts text at special tokens, and what lies between them into words: what a pattern matches, and what lies between matches.</summary>
internal sealed class WordSplits : PreTokenizer
{
    private static readonly TimeSpan MatchLimit = TimeSpan.FromSeconds(30);

    private readonly Regex words;
    private readonly Regex? special;

    public WordSplits(string pattern, IEnumerable<string> specialTokens)
    {
        words = new Regex(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, MatchLimit);

        // Of two that begin alike the longer one is meant.
        string any = string.Join('|', specialTokens.OrderByDescending(token => token.Length).Select(Regex.Escape));
        special = any.Length == 0 ? null : new Regex(any, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    public override IEnumerable<(int Offset, int Length)> PreTokenize(string text) => PreTokenize(text.AsSpan());

    public override IEnumerable<(int Offset, int Length)> PreTokenize(ReadOnlySpan<char> text)
    {
        List<(int Offset, int Length)> parts = [];
        int end = 0;
        if (special is not null)
        {
            foreach (ValueMatch token in special.EnumerateMatches(text))
            {
                AddWords(text[end..token.Index], end, parts);
                Add(token.Index, token.Length, parts);
                end = token.Index + token.Length;
            }
        }

        AddWords(text[end..], end, parts);
        return parts;
    }

    private void AddWords(ReadOnlySpan<char> text, int offset, List<(int Offset, int Length)> parts)
    {
        int end = 0;
        foreach (ValueMatch word in words.EnumerateMatches(text))
        {
            Add(offset + end, word.Index - end, parts);
            Add(offset + word.Index, word.Length, parts);
            end = word.Index + word.Length;
        }

        Add(offset + end, text.Length - end, parts);
    }

    private static void Add(int offset, int length, List<(int Offset, int Length)> parts)
    {
        if (length > 0)
        {
            parts.Add((offset, length));
        }
    }
}
