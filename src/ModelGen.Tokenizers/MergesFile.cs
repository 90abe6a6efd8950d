using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;
using Microsoft.ML.Tokenizers;

namespace ModelGen;

/// <summary>A vocabulary as JSON, <c>{"Ġthe": 262, …}</c>, and the merges that lead to it, a pair on each line: <c>Ġt he</c>.</summary>
/// <remarks>What the formats do not allow is an error that names the file: nothing is skipped or guessed.</remarks>
internal static class MergesFile
{
    private const string Heading = "#version";

    public static (Tokenizer Tokenizer, TokenBytes Bytes) Read(
        Stream vocabulary, string vocabularyName, Stream merges, string mergesName, PreTokenizer splits, IReadOnlyDictionary<string, int> special)
    {
        var bytes = new TokenBytes(vocabularyName);
        Dictionary<string, int> ids = ReadVocabulary(vocabulary, bytes);
        bytes.RequireEveryByte();
        bytes.AddSpecial(special);
        List<string> pairs = ReadMerges(merges, mergesName, ids);
        var options = new BpeOptions(ids)
        {
            Merges = pairs,
            PreTokenizer = splits,
            SpecialTokens = special.Count == 0 ? null : new Dictionary<string, int>(special),
            ByteLevel = true,
        };
        return (BpeTokenizer.Create(options), bytes);
    }

    private static Dictionary<string, int> ReadVocabulary(Stream stream, TokenBytes bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(stream, new JsonDocumentOptions { MaxDepth = 1 });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw bytes.Because($"it holds {document.RootElement.ValueKind}, expected an object of tokens and their ids");
            }

            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (JsonProperty token in document.RootElement.EnumerateObject())
            {
                int id = token.Value.ValueKind == JsonValueKind.Number && token.Value.TryGetInt32(out int number)
                    ? number
                    : throw bytes.Because($"the id of '{token.Name}' is no small whole number");
                bytes.Add(id, BytesOf(token.Name, bytes));
                if (!ids.TryAdd(token.Name, id))
                {
                    throw bytes.Because($"the token '{token.Name}' is there twice");
                }
            }

            return ids;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            throw bytes.Because($"it is not JSON: {e.Message}", e);
        }
    }

    private static byte[] BytesOf(string token, TokenBytes file)
    {
        byte[] bytes = new byte[token.Length];
        for (int i = 0; i < token.Length; i++)
        {
            int value = ByteLetters.ByteOf(token[i]);
            bytes[i] = value >= 0
                ? (byte)value
                : throw file.Because($"the token '{token}' has the letter U+{(int)token[i]:X4}, which stands for no byte: the vocabulary is not one of bytes");
        }

        return bytes;
    }

    private static List<string> ReadMerges(Stream stream, string name, Dictionary<string, int> ids)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
        var pairs = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            for (int line = 1; reader.ReadLine() is { } text; line++)
            {
                if (text.Length == 0 || (line == 1 && text.StartsWith(Heading, StringComparison.Ordinal)))
                {
                    continue;
                }

                CheckPair(text, line, name, ids);
                if (!known.Add(text))
                {
                    throw new InvalidDataException(FormattableString.Invariant($"{name}: line {line}, '{text}', is there twice."));
                }

                pairs.Add(text);
            }
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{name}: it is not UTF-8.", e);
        }

        return pairs;
    }

    private static void CheckPair(string text, int line, string name, Dictionary<string, int> ids)
    {
        if (text.Split(' ') is not [{ Length: > 0 } left, { Length: > 0 } right])
        {
            throw new InvalidDataException(FormattableString.Invariant($"{name}: line {line}, '{text}', is no pair of tokens with a space between them."));
        }

        foreach (string token in (string[])[left, right, left + right])
        {
            if (!ids.ContainsKey(token))
            {
                throw new InvalidDataException(FormattableString.Invariant($"{name}: line {line}, '{text}', needs the token '{token}', which the vocabulary does not have."));
            }
        }
    }
}
