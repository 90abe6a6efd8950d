using System;
using System.Collections.Immutable;
using System.Linq;

namespace ModelGen;

/// <summary>A tensor of floats as it is to be in a file.</summary>
internal readonly record struct StoredShape(string Name, ImmutableArray<int> Shape)
{
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    public override string ToString() => $"[{string.Join(", ", Shape)}]";
}

/// <summary>A tensor of a safetensors file: its type, its shape and where its bytes lie behind the header.</summary>
internal sealed record StoredTensor(string Name, string Type, ImmutableArray<long> Shape, long Begin, long End)
{
    /// <summary>The only type that is read and written: little-endian <see cref="float"/>.</summary>
    public const string Float = "F32";

    public string ShapeText => TextOf(Shape);

    public static string TextOf(ImmutableArray<long> shape) => $"[{string.Join(", ", shape)}]";

    /// <summary>The number of bytes that the shape asks for, or null where no file could hold them.</summary>
    public long? ByteCount()
    {
        try
        {
            return Shape.Contains(0) ? 0 : Shape.Aggregate((long)sizeof(float), (product, size) => checked(product * size));
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
