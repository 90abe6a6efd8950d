using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using ModelGen;

namespace TextGenerator;

/// <summary>A text as sequences of words, of which some are held out.</summary>
internal sealed class Corpus
{
    private readonly int[] ids;
    private readonly int[] order;
    private readonly int held;

    /// <param name="text">The text.</param>
    /// <param name="time">The words of a sequence.</param>
    /// <param name="seed">Decides which sequences are held out.</param>
    public Corpus(string text, int time, int seed)
    {
        Time = time;
        Vocabulary = Vocabulary.Build(text, WordModel.Words);
        ids = Vocabulary.Encode(text);

        // A sequence needs the word behind its last one, too.
        int count = (ids.Length - 1) / time;
        if (count < 2)
        {
            throw new InvalidDataException($"The text has {ids.Length} words, which is too few for two sequences of {time}.");
        }

        order = [.. Enumerable.Range(0, count)];
        new Random(seed).Shuffle(order);
        held = Math.Max(1, count / 10);
    }

    /// <summary>Gets the words of a sequence.</summary>
    public int Time { get; }

    public Vocabulary Vocabulary { get; }

    /// <summary>Gets the number of words of the text.</summary>
    public int Length => ids.Length;

    /// <summary>Gets nine tenths of the sequences.</summary>
    public Dataset Training => Sequences(order.AsSpan(held));

    /// <summary>Gets the tenth that is held out.</summary>
    public Dataset Validation => Sequences(order.AsSpan(0, held));

    /// <summary>Reads a text, which may be compressed by gzip.</summary>
    public static string ReadText(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(plain);
        return reader.ReadToEnd();
    }

    /// <summary>Sequences, and for each word of them the one that follows it.</summary>
    private Dataset Sequences(ReadOnlySpan<int> places)
    {
        int[] words = new int[places.Length * Time], following = new int[words.Length];
        for (int i = 0; i < places.Length; i++)
        {
            ids.AsSpan(places[i] * Time, Time).CopyTo(words.AsSpan(i * Time));
            ids.AsSpan((places[i] * Time) + 1, Time).CopyTo(following.AsSpan(i * Time));
        }

        return WordModel.Data(words, following, time: Time);
    }
}
