using System;
using System.Buffers.Binary;
using System.Numerics;

namespace ModelGen;

/// <summary>The Castagnoli checksum of 32 bits (RFC 3720, appendix B.4): it finds every error of up to 32 bits in a row.</summary>
internal static class Crc32C
{
    /// <summary>The checksum of nothing, to start from.</summary>
    public const uint Start = 0;

    /// <summary>The checksum of what was before and some bytes more.</summary>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte single in bytes)
        {
            crc = BitOperations.Crc32C(crc, single);
        }

        return ~crc;
    }
}
