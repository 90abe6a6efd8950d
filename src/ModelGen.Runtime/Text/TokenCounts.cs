using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;

namespace ModelGen;

/// <summary>How often each token is in a text.</summary>
internal sealed class TokenCounts
{
    private readonly Dictionary<string, (int Count, int First)> counts = new(StringComparer.Ordinal);

    public TokenCounts(TokenPattern pattern, string text)
    {
        Dictionary<string, (int Count, int First)>.AlternateLookup<ReadOnlySpan<char>> bySpan = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        pattern.Split(text, token =>
        {
            ref (int Count, int First) entry = ref CollectionsMarshal.GetValueRefOrAddDefault(bySpan, token, out bool known);
            entry = (entry.Count + 1, known ? entry.First : counts.Count);
        });
    }

    /// <summary>The most frequent tokens; of equally frequent ones the one that came first.</summary>
    public IEnumerable<string> MostFrequent(int count) => counts
        .Where(entry => IsWhole(entry.Key) && entry.Key != Vocabulary.UnknownToken)
        .OrderByDescending(entry => entry.Value.Count)
        .ThenBy(entry => entry.Value.First)
        .Take(count)
        .Select(entry => entry.Key);

    /// <summary>Whether a token holds no half of a character, which no file can keep.</summary>
    private static bool IsWhole(string token)
    {
        ReadOnlySpan<char> rest = token;
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out int length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[length..];
        }

        return true;
    }
}
