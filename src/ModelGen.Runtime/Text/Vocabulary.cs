using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;

namespace ModelGen;

/// <summary>Words and punctuation marks with a number for each: the tokens of a model that reads text word by word.</summary>
/// <remarks>Token 0 stands for every word that the vocabulary does not have. A vocabulary never changes; any number of threads may use it.</remarks>
public sealed class Vocabulary : ITokenizer
{
    /// <summary>English words in lower case, with an apostrophe inside or without, and punctuation marks.</summary>
    public const string DefaultPattern = """[a-z]+('[a-z]+)?|[.,;:!?"()-]""";

    /// <summary>The text of the token for words that the vocabulary does not have.</summary>
    public const string UnknownToken = "<unk>";

    /// <summary>The id of the token for words that the vocabulary does not have.</summary>
    public const int UnknownId = 0;

    private readonly TokenPattern pattern;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids;

    /// <param name="tokens">The tokens but for the unknown one, each once.</param>
    /// <param name="pattern">What finds them.</param>
    internal Vocabulary(IEnumerable<string> tokens, TokenPattern pattern)
    {
        this.pattern = pattern;
        Tokens = [UnknownToken, .. tokens];
        var byText = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int id = UnknownId + 1; id < Tokens.Length; id++)
        {
            byText.Add(Tokens[id], id);
        }

        ids = byText.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Gets the tokens by their ids: first <see cref="UnknownToken"/>, then the most frequent of the text that the vocabulary was made from.</summary>
    public ImmutableArray<string> Tokens { get; }

    /// <inheritdoc/>
    public int Count => Tokens.Length;

    /// <summary>Gets the regular expression that finds tokens in a text.</summary>
    public string Pattern => pattern.Text;

    /// <summary>Gets a value indicating whether text is changed to lower case before tokens are looked for.</summary>
    public bool LowerCase => pattern.LowerCase;

    /// <summary>Makes a vocabulary of the most frequent tokens of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="count">The number of tokens, the unknown one included. A text with fewer gives a smaller vocabulary. Of equally frequent tokens the one that
    /// comes first in the text is preferred.</param>
    /// <param name="pattern">A regular expression that matches each token. What lies between matches is left out, and matches of no length are no tokens. It cannot look
    /// around or back (<c>(?=…)</c>, <c>\1</c>), so that the time for a match is at most proportional to the text's length.</param>
    /// <param name="lowerCase">Whether text is changed to lower case before tokens are looked for.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression, or looks around or back.</exception>
    public static Vocabulary Build(string text, int count, string pattern = DefaultPattern, bool lowerCase = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var tokenPattern = new TokenPattern(pattern, lowerCase);
        return new Vocabulary(new TokenCounts(tokenPattern, text).MostFrequent(count - 1), tokenPattern);
    }

    /// <summary>Reads a vocabulary that <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or holds something else.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Vocabulary Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return VocabularyFile.Read(stream, path);
    }

    /// <summary>Reads a vocabulary that <see cref="Save(Stream)"/> wrote, up to the stream's end.</summary>
    /// <param name="stream">Where from.</param>
    /// <returns>The vocabulary.</returns>
    /// <exception cref="InvalidDataException">The contents are damaged, or are something else.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Vocabulary Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return VocabularyFile.Read(stream, "The stream");
    }

    /// <summary>Writes the tokens and the pattern to a file of JSON, a token on each line.</summary>
    /// <remarks>An existing file is replaced at once or not at all: when writing fails, it stays as it was, and nothing else is left behind.</remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, Save);
    }

    /// <summary>Writes the tokens and the pattern as JSON, a token on each line.</summary>
    /// <param name="stream">Where to.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        VocabularyFile.Write(this, stream);
    }

    /// <summary>The id of a token.</summary>
    /// <param name="token">The token as <see cref="Tokens"/> has it: in lower case where the vocabulary is.</param>
    /// <returns>Its id, or <see cref="UnknownId"/> where the vocabulary does not have it.</returns>
    public int IdOf(ReadOnlySpan<char> token) => ids.TryGetValue(token, out int id) ? id : UnknownId;

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<int>();
        pattern.Split(text, token => found.Add(IdOf(token)));
        return [.. found];
    }

    /// <summary>The text of tokens, to be read by people.</summary>
    /// <remarks>
    /// Spaces separate tokens, but for these: none before <c>. , ; : ! ? ) ] }</c>, none after <c>( [ {</c>, none around a hyphen. Quotation marks open and close
    /// in turn: none after one that opens, none before one that closes. What was left out of the text, line ends and capitals included, is lost.
    /// </remarks>
    /// <param name="ids">The id of each token.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var prose = new Prose();
        for (int i = 0; i < ids.Length; i++)
        {
            prose.Add((uint)ids[i] < (uint)Count
                ? Tokens[ids[i]]
                : throw new ArgumentOutOfRangeException(nameof(ids), ids[i], FormattableString.Invariant($"Token {i} is none of the vocabulary's, which are 0 to {Count - 1}.")));
        }

        return prose.ToString();
    }
}
