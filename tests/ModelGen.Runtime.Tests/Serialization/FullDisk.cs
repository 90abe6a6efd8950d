using System;
using System.IO;

namespace ModelGen.Tests.Serialization;

/// <summary>A file on a disk with room for some bytes.</summary>
internal sealed class FullDisk(Stream file, int room) : Stream
{
    private int left = room;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count)
    {
        int fits = Math.Min(count, left);
        file.Write(buffer, offset, fits);
        left -= fits;
        if (fits < count)
        {
            throw new IOException("No space left on device");
        }
    }

    public override void Flush() => file.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
