using System;
using System.IO;
using System.Linq;
using Microsoft.ML.Tokenizers;
using Xunit;

namespace ModelGen.Tests;

/// <summary>With GPT-2's own vocabulary: the ids are those that the model was trained with.</summary>
public sealed class Gpt2Tests
{
    private static readonly Lazy<BytePairTokenizer> Tiktoken = new(() => BytePairTokenizer.LoadTiktoken(new MemoryStream(Gpt2.Ranks()), Gpt2.EndOfText));
    private static readonly Lazy<BytePairTokenizer> Merges = new(LoadMerges);

    public static TheoryData<string> Texts =>
    [
        string.Empty,
        " ",
        "  \n\n\t x   y  ",
        "I'll say: don't we've 'T 3,14159 times...",
        "naïve café — “quotes” … 日本語 😀👩‍👩‍👧 \u0000\u0001\uFFFD",
        "<|endoftext|>a<|endoftext|><|endoftext|> b <|endoftext",
        "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife.\r\n",
        new string('a', 3000) + new string(' ', 300) + new string('!', 77),
    ];

    [Theory]
    [InlineData("Hello world", new[] { 15496, 995 })]
    [InlineData("Hello, world!", new[] { 15496, 11, 995, 0 })]
    [InlineData("<|endoftext|>Hello", new[] { 50256, 15496 })]
    public void Known_texts_have_their_known_ids(string text, int[] ids)
    {
        Assert.Equal(50257, Tiktoken.Value.Count);
        Assert.Equal(50257, Merges.Value.Count);
        Assert.Equal(ids, Tiktoken.Value.Encode(text));
        Assert.Equal(ids, Merges.Value.Encode(text));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Both_formats_agree_and_give_the_text_back(string text)
    {
        int[] ids = Tiktoken.Value.Encode(text);
        Assert.Equal(ids, Merges.Value.Encode(text));
        Assert.Equal(TiktokenTokenizer.CreateForModel("gpt2").EncodeToIds(text), ids);
        Assert.Equal(text, Tiktoken.Value.Decode(ids));
        Assert.Equal(text, Merges.Value.Decode(ids));
    }

    [Fact]
    public void Random_texts_come_back()
    {
        var random = new Random(3);
        string[] pieces = [" ", "  ", "\n", "a", "the", "é", "日", "😀", "'s", "7", "12", "<|endoftext|>", "-", "\u0301"];
        for (int trial = 0; trial < 300; trial++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            int[] ids = Merges.Value.Encode(text);
            Assert.Equal(Tiktoken.Value.Encode(text), ids);
            Assert.Equal(text, Merges.Value.Decode(ids));
        }
    }

    [Fact]
    public void Parts_of_characters_are_decoded_to_the_replacement_character()
    {
        int[] ids = Tiktoken.Value.Encode("é😀"); // é is one token, the face several.
        Assert.Equal("é\uFFFD", Tiktoken.Value.Decode(ids.AsSpan(0, 2)));
        Assert.Equal("\uFFFD", Merges.Value.Decode([Tiktoken.Value.Encode("😀")[^1]]));
    }

    [Fact]
    public void Tokenizers_of_the_package_can_be_used_as_they_are()
    {
        ITokenizer tokenizer = new TokenizerAdapter(TiktokenTokenizer.CreateForModel("gpt2"), 50257);
        Assert.Equal([15496, 995], tokenizer.Encode("Hello world"));
        Assert.Equal("Hello world", tokenizer.Decode([15496, 995]));
        Assert.Throws<ArgumentOutOfRangeException>("ids", () => tokenizer.Decode([50257]));
        var small = new TokenizerAdapter(TiktokenTokenizer.CreateForModel("gpt2"), 1000);
        Assert.Contains("the token 15496", Assert.Throws<InvalidOperationException>(() => small.Encode("Hello")).Message, StringComparison.Ordinal);
    }

    private static BytePairTokenizer LoadMerges()
    {
        string folder = Directory.CreateTempSubdirectory("modelgen").FullName;
        try
        {
            (byte[] vocabulary, byte[] merges) = Gpt2.Files();
            (string vocabularyPath, string mergesPath) = (Path.Combine(folder, "vocab.json"), Path.Combine(folder, "merges.txt"));
            File.WriteAllBytes(vocabularyPath, vocabulary);
            File.WriteAllBytes(mergesPath, merges);
            return BytePairTokenizer.Load(vocabularyPath, mergesPath, Gpt2.EndOfText);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
