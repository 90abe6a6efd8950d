using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace ModelGen;

/// <summary>Reads a safetensors header: <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}</c>.</summary>
/// <remarks>The bytes may be hostile. What the format does not allow is an error: nothing is skipped or guessed.</remarks>
internal ref struct StoredHeaderReader
{
    private readonly FaultyFile file;
    private readonly Dictionary<string, string> notes = new(StringComparer.Ordinal);
    private Utf8JsonReader json;

    private StoredHeaderReader(ReadOnlySpan<byte> header, FaultyFile file)
    {
        this.file = file;
        json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 3 });
    }

    public static StoredHeader Read(ReadOnlySpan<byte> header, FaultyFile file)
    {
        if (!Utf8.IsValid(header))
        {
            throw file.Because($"the header is not UTF-8");
        }

        if (header[0] != (byte)'{')
        {
            throw file.Because($"the header does not begin with '{{'");
        }

        try
        {
            return new StoredHeaderReader(header, file).Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: an escaped half of a surrogate pair.
            throw file.Because($"the header is not JSON: {e.Message}", inner: e);
        }
    }

    private StoredHeader Read()
    {
        var tensors = new Dictionary<string, StoredTensor>(StringComparer.Ordinal);
        bool noted = false;
        Expect(JsonTokenType.StartObject);
        for (string? name = NextName(); name is not null; name = NextName())
        {
            bool isNew = name == StoredHeader.NotesName ? !noted : !tensors.ContainsKey(name);
            if (!isNew)
            {
                throw file.OfTensor(name, $"is there twice");
            }

            if (name == StoredHeader.NotesName)
            {
                noted = true;
                ReadNotes();
            }
            else
            {
                tensors.Add(name, ReadTensor(name));
            }
        }

        // Anything but white space behind the object makes the JSON reader throw.
        json.Read();
        return new StoredHeader([.. tensors.Values], notes);
    }

    private void ReadNotes()
    {
        Expect(JsonTokenType.StartObject);
        for (string? name = NextName(); name is not null; name = NextName())
        {
            Expect(JsonTokenType.String);
            if (!notes.TryAdd(name, json.GetString()!))
            {
                throw file.Because($"the note '{name}' is there twice");
            }
        }
    }

    private StoredTensor ReadTensor(string name)
    {
        string? type = null;
        ImmutableArray<long>? shape = null;
        ImmutableArray<long>? offsets = null;
        Expect(JsonTokenType.StartObject);
        for (string? key = NextName(); key is not null; key = NextName())
        {
            switch (key)
            {
                case "dtype" when type is null:
                    Expect(JsonTokenType.String);
                    type = json.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(name);
                    break;
                default:
                    throw file.OfTensor(name, $"has an unknown or repeated field '{key}'");
            }
        }

        return type is not null && shape is not null && offsets is [long begin, long end]
            ? new StoredTensor(name, type, shape.Value, begin, end)
            : throw file.OfTensor(name, $"lacks dtype, shape or two data_offsets");
    }

    private ImmutableArray<long> ReadNumbers(string tensor)
    {
        ImmutableArray<long>.Builder numbers = ImmutableArray.CreateBuilder<long>();
        Expect(JsonTokenType.StartArray);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            bool isNumber = json.TokenType == JsonTokenType.Number && json.TryGetInt64(out long number) && number >= 0;
            numbers.Add(isNumber
                ? json.GetInt64()
                : throw file.OfTensor(tensor, $"has a size or offset that is not a whole number from 0 to 2⁶³ − 1"));
        }

        return numbers.ToImmutable();
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
            throw file.Because($"the header has {json.TokenType} where {type} belongs, at byte {json.TokenStartIndex}");
        }
    }
}
