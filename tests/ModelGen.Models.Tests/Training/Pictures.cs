using System;
using System.IO;
using ModelGen.Models.Tests.Goldens;

namespace ModelGen.Models.Tests.Training;

/// <summary>The pictures of the sample.</summary>
internal static class Pictures
{
    private static readonly string Folder = Path.Combine(GoldenFile.Folder, "../../samples/Quickstart/data");

    /// <summary>The first training pictures, as numbers from 0 to 1, and their classes.</summary>
    public static Dataset First(int count) => First(count, Mlp.Data);

    /// <summary>The same for another model, whose <c>Data</c> takes them.</summary>
    public static Dataset First(int count, Func<ReadOnlyMemory<float>, ReadOnlyMemory<int>, Dataset> data)
    {
        float[] pictures = Idx.Read(Path.Combine(Folder, "train-images-idx3-ubyte.gz")).ToFloats();
        int[] labels = Idx.Read(Path.Combine(Folder, "train-labels-idx1-ubyte.gz")).ToInts();
        return data(pictures.AsMemory(0, count * 784), labels.AsMemory(0, count));
    }
}
