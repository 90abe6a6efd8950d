using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Unicode;

namespace ModelGen;

/// <summary>Reads what <see cref="VocabularyFile"/> describes.</summary>
/// <remarks>The bytes may be hostile. What the format does not allow is an error: nothing is skipped or guessed.</remarks>
internal ref struct VocabularyReader
{
    private readonly string fileName;
    private Utf8JsonReader json;

    private VocabularyReader(ReadOnlySpan<byte> bytes, string fileName)
    {
        this.fileName = fileName;
        json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 2 });
    }

    public static Vocabulary Read(ReadOnlySpan<byte> bytes, string fileName)
    {
        try
        {
            return Utf8.IsValid(bytes)
                ? new VocabularyReader(bytes, fileName).Read()
                : throw new InvalidDataException($"{fileName}: it is not UTF-8.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            throw new InvalidDataException($"{fileName}: it is not JSON: {e.Message}", e);
        }
    }

    private Vocabulary Read()
    {
        string? format = null;
        int? version = null;
        string? pattern = null;
        bool? lowerCase = null;
        List<string>? tokens = null;
        Expect(JsonTokenType.StartObject);
        for (string? key = NextName(); key is not null; key = NextName())
        {
            switch (key)
            {
                case VocabularyFile.FormatName when format is null:
                    format = ReadText();
                    break;
                case VocabularyFile.VersionName when version is null:
                    version = ReadNumber();
                    break;
                case VocabularyFile.PatternName when pattern is null:
                    pattern = ReadText();
                    break;
                case VocabularyFile.LowerCaseName when lowerCase is null:
                    lowerCase = ReadTruth();
                    break;
                case VocabularyFile.TokensName when tokens is null:
                    tokens = ReadTokens();
                    break;
                default:
                    throw Because($"it has an unknown or repeated field '{key}'");
            }
        }

        // Anything but white space behind the object makes the JSON reader throw.
        json.Read();
        CheckFormat(format, version);
        return new Vocabulary(
            tokens ?? throw Because($"it lacks the field '{VocabularyFile.TokensName}'"),
            PatternOf(
                pattern ?? throw Because($"it lacks the field '{VocabularyFile.PatternName}'"),
                lowerCase ?? throw Because($"it lacks the field '{VocabularyFile.LowerCaseName}'")));
    }

    private readonly void CheckFormat(string? format, int? version)
    {
        if (format != VocabularyFile.Format)
        {
            throw Because($"its field '{VocabularyFile.FormatName}' is {(format is null ? "missing" : $"'{format}'")}, expected '{VocabularyFile.Format}'");
        }

        if (version != VocabularyFile.Version)
        {
            throw Because($"its version is {version?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "missing"}; only {VocabularyFile.Version} is read");
        }
    }

    private readonly TokenPattern PatternOf(string text, bool lowerCase)
    {
        try
        {
            return new TokenPattern(text, lowerCase);
        }
        catch (ArgumentException e)
        {
            throw Because($"its pattern cannot be used: {e.Message}", e);
        }
    }

    /// <summary>The tokens behind the unknown one.</summary>
    private List<string> ReadTokens()
    {
        Expect(JsonTokenType.StartArray);
        var tokens = new List<string>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            string token = json.TokenType == JsonTokenType.String && json.GetString() is { Length: > 0 } text
                ? text
                : throw Because($"token {known.Count} is no text, or empty");
            if (!known.Add(token))
            {
                throw Because($"the token '{token}' is there twice");
            }

            if (known.Count == 1 && token != Vocabulary.UnknownToken)
            {
                throw Because($"token 0 is '{token}', expected '{Vocabulary.UnknownToken}'");
            }

            tokens.Add(token);
        }

        return tokens is [Vocabulary.UnknownToken, .. var others] ? others : throw Because($"there are no tokens");
    }

    private string ReadText()
    {
        Expect(JsonTokenType.String);
        return json.GetString()!;
    }

    private int ReadNumber()
    {
        Expect(JsonTokenType.Number);
        return json.TryGetInt32(out int number) ? number : throw Because($"there is a number that is no small whole one, at byte {json.TokenStartIndex}");
    }

    private bool ReadTruth()
    {
        json.Read();
        return json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? json.GetBoolean()
            : throw Because($"there is {json.TokenType} where True or False belongs, at byte {json.TokenStartIndex}");
    }

    /// <summary>The next property's name, or null at the object's end.</summary>
    private string? NextName()
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;
    }

    private void Expect(JsonTokenType type)
    {
        json.Read();
        if (json.TokenType != type)
        {
            throw Because($"there is {json.TokenType} where {type} belongs, at byte {json.TokenStartIndex}");
        }
    }

    private readonly InvalidDataException Because(FormattableString what, Exception? inner = null) => new($"{fileName}: {FormattableString.Invariant(what)}.", inner);
}
