using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace ModelGen;

/// <summary>Byte pairs: text is cut into words, their UTF-8 bytes are tokens, and the pairs of a list become one token each, in the list's order.</summary>
/// <remarks>
/// Every text can be encoded, and decoding gives it back. Source: R. Sennrich, B. Haddow, A. Birch, "Neural Machine Translation of Rare Words with Subword
/// Units", 2016; over bytes since A. Radford et al., "Language Models are Unsupervised Multitask Learners", 2019. Microsoft.ML.Tokenizers does the work. Any number of
/// threads may use a tokenizer.
/// </remarks>
public sealed class BytePairTokenizer : ITokenizer
{
    /// <summary>How GPT-2 cuts text into words: the ends of English contractions, letters, digits, and other marks, each with a space before it, and white
    /// space.</summary>
    public const string Gpt2Pattern = """'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""";

    private static readonly Dictionary<string, int> None = [];

    private readonly Tokenizer tokenizer;
    private readonly TokenBytes bytes;

    private BytePairTokenizer((Tokenizer Tokenizer, TokenBytes Bytes) parts) => (tokenizer, bytes) = parts;

    /// <summary>Gets the number of tokens: one more than the largest id, special tokens included. Vocabularies with gaps have fewer.</summary>
    public int Count => bytes.Count;

    /// <summary>Reads a vocabulary and its merges, as GPT-2, RoBERTa and many others have them: <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    /// <param name="vocabularyPath">Tokens and their ids as JSON, bytes written as letters (a space as <c>Ġ</c>).</param>
    /// <param name="mergesPath">A pair of tokens on each line, in the order in which they are joined.</param>
    /// <param name="specialTokens">Tokens that stand for themselves wherever they are in a text, such as <c>&lt;|endoftext|&gt;</c>, and their ids. The vocabulary
    /// may have them, too.</param>
    /// <param name="pattern">A regular expression that matches each word. What lies between matches is a word, too.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    /// <exception cref="InvalidDataException">A file is damaged or of another kind, or a byte or a special token does not fit the vocabulary.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static BytePairTokenizer Load(
        string vocabularyPath, string mergesPath, IReadOnlyDictionary<string, int>? specialTokens = null, string pattern = Gpt2Pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(vocabularyPath);
        ArgumentException.ThrowIfNullOrEmpty(mergesPath);
        using FileStream vocabulary = File.OpenRead(vocabularyPath);
        using FileStream merges = File.OpenRead(mergesPath);
        return new(MergesFile.Read(vocabulary, vocabularyPath, merges, mergesPath, Splits(pattern, specialTokens), specialTokens ?? None));
    }

    /// <summary>Reads a vocabulary and its merges from streams, up to their ends.</summary>
    /// <param name="vocabulary">Tokens and their ids as JSON, bytes written as letters (a space as <c>Ġ</c>).</param>
    /// <param name="merges">A pair of tokens on each line, in the order in which they are joined.</param>
    /// <param name="specialTokens">Tokens that stand for themselves wherever they are in a text, and their ids.</param>
    /// <param name="pattern">A regular expression that matches each word. What lies between matches is a word, too.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    /// <exception cref="InvalidDataException">A stream is damaged or of another kind, or a byte or a special token does not fit the vocabulary.</exception>
    /// <exception cref="IOException">A stream cannot be read.</exception>
    public static BytePairTokenizer Load(
        Stream vocabulary, Stream merges, IReadOnlyDictionary<string, int>? specialTokens = null, string pattern = Gpt2Pattern)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(merges);
        return new(MergesFile.Read(vocabulary, "The vocabulary", merges, "The list of merges", Splits(pattern, specialTokens), specialTokens ?? None));
    }

    /// <summary>Reads a vocabulary in tiktoken's format: on each line a token's bytes in base 64, a space, and its id, which is also the order in which
    /// tokens are joined.</summary>
    /// <param name="path">The file.</param>
    /// <param name="specialTokens">Tokens that stand for themselves wherever they are in a text, and their ids.</param>
    /// <param name="pattern">A regular expression that matches each word. What lies between matches is a word, too.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or of another kind, or a byte or a special token does not fit the vocabulary.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BytePairTokenizer LoadTiktoken(string path, IReadOnlyDictionary<string, int>? specialTokens = null, string pattern = Gpt2Pattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return new(TiktokenFile.Read(stream, path, Splits(pattern, specialTokens), specialTokens ?? None));
    }

    /// <summary>Reads a vocabulary in tiktoken's format from a stream, up to its end.</summary>
    /// <param name="stream">Where from.</param>
    /// <param name="specialTokens">Tokens that stand for themselves wherever they are in a text, and their ids.</param>
    /// <param name="pattern">A regular expression that matches each word. What lies between matches is a word, too.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="ArgumentException"><paramref name="pattern"/> is no regular expression.</exception>
    /// <exception cref="InvalidDataException">The stream is damaged or of another kind, or a byte or a special token does not fit the vocabulary.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static BytePairTokenizer LoadTiktoken(Stream stream, IReadOnlyDictionary<string, int>? specialTokens = null, string pattern = Gpt2Pattern)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(TiktokenFile.Read(stream, "The stream", Splits(pattern, specialTokens), specialTokens ?? None));
    }

    /// <summary>The tokens of a text. Halves of characters in it, which UTF-8 does not have, are read as U+FFFD.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id of each token, in their order.</returns>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool mayHaveHalves = text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
        return [.. tokenizer.EncodeToIds(mayHaveHalves ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text)];
    }

    /// <summary>The text of tokens. Bytes that are no whole character, as a model may choose them, become U+FFFD.</summary>
    /// <param name="ids">The id of each token.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public string Decode(ReadOnlySpan<int> ids) => bytes.Decode(ids);

    private static WordSplits Splits(string pattern, IReadOnlyDictionary<string, int>? specialTokens)
    {
        ArgumentException.ThrowIfNullOrEmpty(pattern);
        return new(pattern, (specialTokens ?? None).Keys);
    }
}
