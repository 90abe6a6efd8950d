using System;

namespace ModelGen;

/// <summary>Turns text into the numbers that a model reads, and back.</summary>
public interface ITokenizer
{
    /// <summary>Gets the number of tokens: every id lies from 0 to one less. It is the count of an embedding that looks them up.</summary>
    int Count { get; }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id of each token, in their order.</returns>
    int[] Encode(string text);

    /// <summary>The text of tokens.</summary>
    /// <param name="ids">The id of each token.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    string Decode(ReadOnlySpan<int> ids);
}
