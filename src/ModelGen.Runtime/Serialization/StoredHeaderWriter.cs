using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace ModelGen;

/// <summary>Writes a safetensors header.</summary>
internal static class StoredHeaderWriter
{
    /// <summary>The header of a model's parameters, its length in front.</summary>
    public static ReadOnlySpan<byte> Write(Model model, uint checksum)
    {
        var bytes = new ArrayBufferWriter<byte>();
        bytes.Write(stackalloc byte[StoredHeader.LengthBytes]);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, model, checksum);
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

    private static void Write(Utf8JsonWriter json, Model model, uint checksum)
    {
        json.WriteStartObject();
        WriteNotes(json, model, checksum);
        long begin = 0;
        foreach (Parameter parameter in model.Parameters)
        {
            long end = begin + ((long)parameter.Length * sizeof(float));
            WriteTensor(json, parameter, begin, end);
            begin = end;
        }

        json.WriteEndObject();
    }

    private static void WriteNotes(Utf8JsonWriter json, Model model, uint checksum)
    {
        json.WriteStartObject(StoredHeader.NotesName);
        json.WriteString(StoredHeader.FormatNote, StoredHeader.Format);
        json.WriteString(StoredHeader.ModelNote, model.Description.Name);
        json.WriteString(StoredHeader.FingerprintNote, model.Description.Fingerprint);
        json.WriteString(StoredHeader.ChecksumNote, StoredHeader.TextOf(checksum));
        json.WriteEndObject();
    }

    private static void WriteTensor(Utf8JsonWriter json, Parameter parameter, long begin, long end)
    {
        json.WriteStartObject(parameter.Name);
        json.WriteString("dtype", StoredTensor.Float);
        json.WriteStartArray("shape");
        foreach (int size in parameter.Shape)
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
