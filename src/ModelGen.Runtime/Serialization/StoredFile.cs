using System;
using System.Buffers.Binary;
using System.IO;

namespace ModelGen;

/// <summary>Reads a file in the safetensors format that may be hostile: the header's length, the header as JSON, then the tensors' bytes.</summary>
internal static class StoredFile
{
    private const int FirstHeaderBytes = 64 * 1024;

    /// <summary>Reads the header, and nothing behind it.</summary>
    public static StoredHeader ReadHeader(Stream stream, FaultyFile file)
    {
        Span<byte> number = stackalloc byte[StoredHeader.LengthBytes];
        int read = stream.ReadAtLeast(number, number.Length, throwOnEndOfStream: false);
        if (read < number.Length)
        {
            throw file.Because($"it ends after {read} bytes, within the header's length");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(number);
        if (length is 0 or > StoredHeader.MaxBytes)
        {
            throw file.Because($"the header's length is {length}, expected 1 to {StoredHeader.MaxBytes}");
        }

        if (stream.CanSeek && length > (ulong)(stream.Length - stream.Position))
        {
            throw file.Because($"the header's length is {length}, but only {stream.Length - stream.Position} bytes follow");
        }

        byte[] header = ReadUpTo(stream, (int)length);
        return header.Length == (int)length
            ? StoredHeaderReader.Read(header, file)
            : throw file.Because($"it ends within the header, after {header.Length} of {length} bytes");
    }

    /// <summary>Reads a tensor's bytes, which come next.</summary>
    public static void ReadData(Stream stream, Span<byte> bytes, string tensor, FaultyFile file)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw file.OfTensor(tensor, $"is cut off: {read} of {bytes.Length} bytes are there");
        }
    }

    /// <summary>Says that there is something behind the data, or that its checksum is another.</summary>
    public static void CheckEnd(Stream stream, StoredHeader header, uint checksum, FaultyFile file)
    {
        if (stream.ReadByte() >= 0)
        {
            throw file.Because($"there are bytes behind the last tensor");
        }

        string found = StoredHeader.TextOf(checksum);
        if (header.Notes.TryGetValue(StoredHeader.ChecksumNote, out string? expected) && expected != found)
        {
            throw file.Because($"the data is damaged: its checksum is {found}, expected {expected}");
        }
    }

    /// <summary>So many bytes, or fewer where the stream ends before. Memory grows with what has come, not with what a hostile file promises.</summary>
    public static byte[] ReadUpTo(Stream stream, int length)
    {
        byte[] bytes = new byte[Math.Min(length, FirstHeaderBytes)];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        while (read == bytes.Length && read < length)
        {
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * read));
            read += stream.ReadAtLeast(bytes.AsSpan(read), bytes.Length - read, throwOnEndOfStream: false);
        }

        return read == bytes.Length ? bytes : bytes[..read];
    }
}
