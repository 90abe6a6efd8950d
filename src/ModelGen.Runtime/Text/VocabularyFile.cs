using System;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelGen;

/// <summary>A vocabulary as JSON: <c>{"format": "modelgen.vocabulary", "version": 1, "pattern": "…", "lower_case": true, "tokens": ["&lt;unk&gt;", …]}</c>.</summary>
internal static class VocabularyFile
{
    public const string FormatName = "format";
    public const string Format = "modelgen.vocabulary";
    public const string VersionName = "version";
    public const int Version = 1;
    public const string PatternName = "pattern";
    public const string LowerCaseName = "lower_case";
    public const string TokensName = "tokens";

    private const int MaxBytes = 100_000_000;

    // The file is no part of a page, so that quotation marks and letters of every script can stand for themselves.
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Vocabulary vocabulary, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteString(FormatName, Format);
            json.WriteNumber(VersionName, Version);
            json.WriteString(PatternName, vocabulary.Pattern);
            json.WriteBoolean(LowerCaseName, vocabulary.LowerCase);
            json.WriteStartArray(TokensName);
            foreach (string token in vocabulary.Tokens)
            {
                json.WriteStringValue(token);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    /// <param name="stream">The file.</param>
    /// <param name="name">Its name for messages.</param>
    public static Vocabulary Read(Stream stream, string name)
    {
        byte[] bytes = StoredFile.ReadUpTo(stream, MaxBytes + 1);
        return bytes.Length <= MaxBytes
            ? VocabularyReader.Read(bytes, name)
            : throw new InvalidDataException(FormattableString.Invariant($"{name}: it is longer than {MaxBytes} bytes, too long for a vocabulary."));
    }
}
