using System;
using System.IO;
using System.IO.Compression;
using Xunit;

namespace ModelGen.Tests.Text;

/// <summary>The vocabulary of the sample <c>TextGenerator</c>.</summary>
public sealed class NovelsTests
{
    private static readonly Lazy<string> Text = new(ReadText);

    [Fact]
    public void The_novels_have_their_known_number_of_tokens()
    {
        Vocabulary vocabulary = Vocabulary.Build(Text.Value, 10_000);
        Assert.Equal(10_000, vocabulary.Count);
        Assert.Equal([Vocabulary.UnknownToken, ",", ".", "the"], vocabulary.Tokens.AsSpan()[..4]);
        Assert.Equal(863_831, vocabulary.Encode(Text.Value).Length);
    }

    [Fact]
    public void What_is_decoded_has_the_same_tokens_again()
    {
        Vocabulary vocabulary = Vocabulary.Build(Text.Value, int.MaxValue);
        int[] ids = vocabulary.Encode(Text.Value);
        Assert.Equal(-1, Array.IndexOf(ids, Vocabulary.UnknownId));
        Assert.Equal(ids, vocabulary.Encode(vocabulary.Decode(ids)));
    }

    private static string ReadText()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "austen.txt.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
