using System;
using System.Collections.Generic;
using Microsoft.ML.Tokenizers;

namespace ModelGen;

/// <summary>Any tokenizer of Microsoft.ML.Tokenizers as an <see cref="ITokenizer"/>.</summary>
public sealed class TokenizerAdapter : ITokenizer
{
    /// <summary>Initializes a new instance of the <see cref="TokenizerAdapter"/> class.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="count">The number of its tokens, which it does not say itself: one more than the largest id.</param>
    public TokenizerAdapter(Tokenizer tokenizer, int count)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (Tokenizer, Count) = (tokenizer, count);
    }

    /// <summary>Gets the tokenizer.</summary>
    public Tokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id of each token, in their order.</returns>
    /// <exception cref="InvalidOperationException">The tokenizer gave an id that is not less than <see cref="Count"/>.</exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        IReadOnlyList<int> ids = Tokenizer.EncodeToIds(text);
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)Count)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"The tokenizer gave the token {id}, but was said to have {Count}."));
            }
        }

        return [.. ids];
    }

    /// <inheritdoc/>
    public string Decode(ReadOnlySpan<int> ids)
    {
        foreach (int id in ids)
        {
            if ((uint)id >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(nameof(ids), id, FormattableString.Invariant($"The tokens are 0 to {Count - 1}."));
            }
        }

        return Tokenizer.Decode(ids.ToArray()) ?? string.Empty;
    }
}
