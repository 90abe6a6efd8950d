using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Text.Json;

namespace ModelGen;

/// <summary>Writes a safetensors header.</summary>
internal static class StoredHeaderWriter
{
    /// <summary>The header of tensors that follow each other, its length in front.</summary>
    public static ReadOnlySpan<byte> Write(IEnumerable<StoredShape> tensors, IReadOnlyDictionary<string, string> notes)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(stackalloc byte[StoredHeader.LengthBytes]);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, tensors, notes);
        }

        // Spaces align the data behind the header, as the reference implementation does.
        while (bytes.WrittenCount % StoredHeader.LengthBytes != 0)
        {
            bytes.Write(" "u8);
        }

        byte[] header = bytes.WrittenSpan.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - StoredHeader.LengthBytes));
        return header;
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<StoredShape> tensors, IReadOnlyDictionary<string, string> notes)
    {
        json.WriteStartObject();
        WriteNotes(json, notes);
        long begin = 0;
        foreach (StoredShape tensor in tensors)
        {
            long end = begin + (tensor.Count * sizeof(float));
            WriteTensor(json, tensor, begin, end);
            begin = end;
        }

        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, IReadOnlyDictionary<string, string> notes)
    {
        json.WriteStartObject(StoredHeader.NotesName);
        foreach ((string name, string text) in notes)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, StoredShape tensor, long begin, long end)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", StoredTensor.Float);
        json.WriteStartArray("shape");
        foreach (int size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
