using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO;
using System.Runtime.InteropServices;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A model's parameters in the safetensors format: the header's length, the header as JSON, then the tensors' bytes.</summary>
internal static class ParameterFile
{
    private const int FirstHeaderBytes = 64 * 1024;

    public static void Save(Model model, string path, Func<Stream, Stream>? wrap = null) =>
        AtomicFile.Write(path, stream => Save(model, stream), wrap);

    public static void Save(Model model, Stream stream)
    {
        stream.Write(StoredHeaderWriter.Write(model, Checksum(model)));
        foreach (Parameter parameter in model.Parameters)
        {
            stream.Write(MemoryMarshal.AsBytes(parameter.ValuesToRead));
        }
    }

    /// <summary>Reads parameters into memory of their own, laid out like the model's, once everything about them is known to fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">The file's name for messages, or null.</param>
    /// <returns>The parameters.</returns>
    public static AlignedBuffer Load(Model model, Stream stream, string? fileName)
    {
        var file = new FaultyFile(fileName);
        StoredHeader header = ReadHeader(stream, file);
        ImmutableArray<StoredTensor> tensors = StoredHeaderCheck.Layout(header.Tensors, file);
        StoredHeaderCheck.Model(header, model, file);
        var memory = new AlignedBuffer(model.Description.ParameterLength);
        uint checksum = Crc32C.Start;
        foreach (StoredTensor tensor in tensors)
        {
            Parameter parameter = model.Parameters[tensor.Name];
            Span<byte> bytes = MemoryMarshal.AsBytes(memory.Span(parameter.Offset, parameter.Length));
            ReadData(stream, bytes, tensor.Name, file);
            checksum = Crc32C.Append(checksum, bytes);
        }

        CheckEnd(stream, header, checksum, file);
        return memory;
    }

    private static StoredHeader ReadHeader(Stream stream, FaultyFile file)
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

    private static void ReadData(Stream stream, Span<byte> bytes, string tensor, FaultyFile file)
    {
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        if (read < bytes.Length)
        {
            throw file.OfTensor(tensor, $"is cut off: {read} of {bytes.Length} bytes are there");
        }
    }

    private static void CheckEnd(Stream stream, StoredHeader header, uint checksum, FaultyFile file)
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

    private static uint Checksum(Model model)
    {
        uint checksum = Crc32C.Start;
        foreach (Parameter parameter in model.Parameters)
        {
            checksum = Crc32C.Append(checksum, MemoryMarshal.AsBytes(parameter.ValuesToRead));
        }

        return checksum;
    }
}
