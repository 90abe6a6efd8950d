using System;
using System.IO;
using System.IO.Compression;
using Xunit;

namespace ModelGen.Tests.Data;

public sealed class IdxTests
{
    private static readonly byte[] Small = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 255];

    [Fact]
    public void A_file_is_read()
    {
        Idx idx = Read(Small);
        Assert.Equal([2, 3], idx.Dimensions.AsSpan());
        Assert.Equal([1, 2, 3, 4, 5, 255], idx.ToInts());
        Assert.Equal(1f, idx.ToFloats()[5]);
    }

    [Fact]
    public void A_compressed_file_is_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Compressed());
            Assert.Equal([1, 2, 3, 4, 5, 255], Idx.Read(path).Values.ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_an_error()
    {
        byte[] compressed = Compressed();
        for (int length = 0; length < Small.Length; length++)
        {
            Fails(Small[..length]);
        }

        // At the end there are gzip's own marks, checksum and length: the values may be whole without them.
        for (int length = 2; length < compressed.Length; length++)
        {
            if (length < compressed.Length - 10 || !IsWhole(compressed[..length]))
            {
                Fails(compressed[..length]);
            }
        }
    }

    [Fact]
    public void Other_contents_are_errors()
    {
        Assert.Contains("no IDX file", Fails([1, 0, 8, 1, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("type 13", Fails([0, 0, 13, 1, 0, 0, 0, 0]), StringComparison.Ordinal);
        Assert.Contains("holds more", Fails([.. Small, 0]), StringComparison.Ordinal);
        Assert.Contains("beyond", Fails([0, 0, 8, 1, 255, 255, 255, 255]), StringComparison.Ordinal);
        Assert.Contains("too many", Fails([0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255]), StringComparison.Ordinal);
        Assert.Contains("should hold 2147483591 values, but holds 1", Fails([0, 0, 8, 1, 127, 255, 255, 199, 1]), StringComparison.Ordinal);
        byte[] damaged = Compressed();
        damaged[^6] ^= 1;
        Fails(damaged);
    }

    private static bool IsWhole(byte[] bytes)
    {
        try
        {
            return Read(bytes).Values.Span.SequenceEqual(Small.AsSpan(12));
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static string Fails(byte[] bytes)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Read(bytes));
        Assert.StartsWith("images", e.Message, StringComparison.Ordinal);
        return e.Message;
    }

    private static Idx Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Idx.Read(stream, "images");
    }

    private static byte[] Compressed()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Small);
        }

        return compressed.ToArray();
    }
}
