using System;
using System.IO;
using System.IO.Compression;
using ModelGen.Models.Tests.Goldens;
using TextGenerator;

namespace ModelGen.Models.Tests.Training;

/// <summary>The text of samples/TextGenerator, as numbers of words.</summary>
internal static class Novels
{
    private static readonly Lazy<int[]> Words = new(Read);

    /// <summary>The first sequences of the text, one behind the other, and for each word of them the one that follows it.</summary>
    /// <param name="count">The number of sequences.</param>
    /// <param name="time">The words of a sequence.</param>
    public static Dataset First(int count, int time) =>
        WordModel.Data(Words.Value.AsMemory(0, count * time), Words.Value.AsMemory(1, count * time), time: time);

    private static int[] Read()
    {
        using FileStream file = File.OpenRead(Path.Combine(GoldenFile.Folder, "../../samples/TextGenerator/data/austen.txt.gz"));
        using GZipStream plain = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(plain);
        string text = reader.ReadToEnd();
        return Vocabulary.Build(text, WordModel.Words).Encode(text);
    }
}
