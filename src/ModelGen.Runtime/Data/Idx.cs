using System;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO;
using System.IO.Compression;
using System.Linq;

namespace ModelGen;

/// <summary>Bytes with dimensions, from an IDX file: the format of the MNIST and Fashion-MNIST images and labels.</summary>
/// <remarks>
/// Two zero bytes, the element type (8: unsigned bytes, the only one that is read), the number of dimensions, each dimension as four
/// bytes with the highest first, then the values. Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits".
/// </remarks>
public sealed class Idx
{
    private const byte UnsignedBytes = 8;

    private Idx(ImmutableArray<int> dimensions, byte[] values) => (Dimensions, Values) = (dimensions, values);

    /// <summary>Gets the dimensions; the first one counts the examples.</summary>
    public ImmutableArray<int> Dimensions { get; }

    /// <summary>Gets the values in row-major order.</summary>
    public ReadOnlyMemory<byte> Values { get; }

    /// <summary>Reads a file, compressed by gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its contents.</returns>
    /// <exception cref="InvalidDataException">The file is no IDX file of bytes, or is damaged.</exception>
    public static Idx Read(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Read(file, path);
    }

    /// <summary>Reads a stream, compressed by gzip or not.</summary>
    /// <param name="stream">The stream, which can seek.</param>
    /// <param name="name">Its name for messages.</param>
    /// <returns>Its contents.</returns>
    /// <exception cref="InvalidDataException">The stream holds no IDX data of bytes, or damaged data.</exception>
    public static Idx Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        bool compressed = stream.ReadByte() == 0x1f && stream.ReadByte() == 0x8b;
        stream.Position = 0;
        if (!compressed)
        {
            return ReadRaw(stream, name);
        }

        try
        {
            using var raw = new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
            return ReadRaw(raw, name);
        }
        catch (InvalidDataException e) when (!e.Message.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{name} is damaged: {e.Message}", e);
        }
    }

    /// <summary>The values as floats.</summary>
    /// <param name="scale">What each is multiplied by: by default 255 becomes 1.</param>
    /// <returns>As many floats as there are values.</returns>
    public float[] ToFloats(float scale = 1f / 255f)
    {
        float[] floats = new float[Values.Length];
        ReadOnlySpan<byte> values = Values.Span;
        for (int i = 0; i < floats.Length; i++)
        {
            floats[i] = values[i] * scale;
        }

        return floats;
    }

    /// <summary>The values as integers, such as labels.</summary>
    /// <returns>As many integers as there are values.</returns>
    public int[] ToInts()
    {
        int[] integers = new int[Values.Length];
        ReadOnlySpan<byte> values = Values.Span;
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = values[i];
        }

        return integers;
    }

    private static Idx ReadRaw(Stream stream, string name)
    {
        Span<byte> magic = stackalloc byte[4];
        if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4 || magic[0] != 0 || magic[1] != 0)
        {
            throw new InvalidDataException($"{name} is no IDX file: it does not begin with two zero bytes, a type and a number of dimensions.");
        }

        if (magic[2] != UnsignedBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"{name} holds elements of type {magic[2]}; only unsigned bytes (8) are read."));
        }

        ImmutableArray<int> dimensions = ReadDimensions(stream, magic[3], name);
        return new Idx(dimensions, ReadValues(stream, Count(dimensions, name), name));
    }

    private static ImmutableArray<int> ReadDimensions(Stream stream, int count, string name)
    {
        byte[] bytes = new byte[4 * count];
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw new InvalidDataException($"{name} ends within its dimensions.");
        }

        return [.. bytes.Chunk(4).Select(four => BinaryPrimitives.ReadUInt32BigEndian(four) is uint size and <= int.MaxValue
            ? (int)size
            : throw new InvalidDataException($"{name} has a dimension beyond 2³¹ − 1."))];
    }

    private static int Count(ImmutableArray<int> dimensions, string name)
    {
        long count = 1;
        foreach (int dimension in dimensions)
        {
            count = Math.Min(count, Array.MaxLength + 1L) * dimension;
        }

        return count <= Array.MaxLength
            ? (int)count
            : throw new InvalidDataException($"{name} has the dimensions {string.Join(" × ", dimensions)}, too many values.");
    }

    /// <summary>Reads piece by piece, so that a false header does not claim memory that the file cannot fill.</summary>
    private static byte[] ReadValues(Stream stream, int count, string name)
    {
        const int Piece = 1 << 20;
        byte[] values = new byte[Math.Min(count, Piece)];
        int read = stream.ReadAtLeast(values, values.Length, throwOnEndOfStream: false);
        while (read == values.Length && read < count)
        {
            Array.Resize(ref values, (int)Math.Min(count, 2L * read));
            read += stream.ReadAtLeast(values.AsSpan(read), values.Length - read, throwOnEndOfStream: false);
        }

        return read == count && stream.ReadByte() < 0
            ? values
            : throw new InvalidDataException(FormattableString.Invariant(
                $"{name} should hold {count} values, but holds {(read == count ? "more" : read)}."));
    }
}
