using System;
using System.IO;

namespace ModelGen.Tests.Serialization;

/// <summary>Bytes that come one after another, of a number that nobody knows.</summary>
internal sealed class Pipe(byte[] bytes) : MemoryStream(bytes)
{
    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();
}
