using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using Xunit;

namespace ModelGen.Tests;

/// <summary>A small vocabulary: every byte with its value as id, then <c>ab</c> (256) and <c>abc</c> (257).</summary>
public sealed class BytePairFileTests
{
    private const string Merges = "#version: 0.2\na b\nab c\n";

    private static readonly string Vocabulary = MakeVocabulary();
    private static readonly string Ranks = string.Concat(Enumerable.Range(0, 256).Select(value => Line([(byte)value], value))) + Line("ab"u8.ToArray(), 256) + Line("abc"u8.ToArray(), 257);

    public static TheoryData<string, string> WrongVocabularies => new()
    {
        { string.Empty, "The vocabulary: it is not JSON" },
        { "[1]", "The vocabulary: it holds Array, expected an object of tokens and their ids" },
        { Vocabulary[..^1], "it is not JSON" },
        { Vocabulary + "{}", "it is not JSON" },
        { Vocabulary.Replace(":257", ":\"257\"", StringComparison.Ordinal), "the id of 'abc' is no small whole number" },
        { Vocabulary.Replace(":257", ":257.5", StringComparison.Ordinal), "the id of 'abc' is no small whole number" },
        { Vocabulary.Replace(":257", ":9999999999", StringComparison.Ordinal), "the id of 'abc' is no small whole number" },
        { Vocabulary.Replace(":257", ":-1", StringComparison.Ordinal), "the id -1 is out of range" },
        { Vocabulary.Replace(":257", ":2147483647", StringComparison.Ordinal), "the id 2147483647 is out of range" },
        { Vocabulary.Replace(":257", ":256", StringComparison.Ordinal), "token 256 is there twice" },
        { Vocabulary.Replace("abc", "ab", StringComparison.Ordinal), "the token 'ab' is there twice" },
        { Vocabulary.Replace("abc", string.Empty, StringComparison.Ordinal), "token 257 is empty" },
        { Vocabulary.Replace("abc", "\u2581the", StringComparison.Ordinal), "U+2581, which stands for no byte" },
        { Vocabulary.Replace("abc", "\u0144", StringComparison.Ordinal), "U+0144, which stands for no byte" },
        { Vocabulary.Replace("abc", "\\ud800", StringComparison.Ordinal), "it is not JSON" },
        { Vocabulary.Replace("\"z\":122,", string.Empty, StringComparison.Ordinal), "there is no token for the byte 0x7A alone" },
    };

    public static TheoryData<string, string> WrongMerges => new()
    {
        { Merges + "a", "The list of merges: line 4, 'a', is no pair" },
        { Merges + "a b c", "line 4, 'a b c', is no pair" },
        { Merges + "a  b", "is no pair" },
        { Merges + " b", "is no pair" },
        { Merges + "a b", "line 4, 'a b', is there twice" },
        { Merges + "b c", "line 4, 'b c', needs the token 'bc', which the vocabulary does not have" },
        { Merges + "xyz c", "needs the token 'xyz'" },
        { Merges + "#version: 0.2", "needs the token '#version:'" },
    };

    public static TheoryData<string, string> WrongRanks => new()
    {
        { string.Empty, "The stream: there is no token for the byte 0x00 alone" },
        { Ranks.Replace(" 257", string.Empty, StringComparison.Ordinal), "line 258 is no token in base 64 with its id behind a space" },
        { Ranks.Replace(" 257", " 257 ", StringComparison.Ordinal), "line 258 is no token" },
        { Ranks.Replace(" 257", " +257", StringComparison.Ordinal), "line 258 is no token" },
        { Ranks.Replace(" 257", " 99999999999", StringComparison.Ordinal), "line 258 is no token" },
        { Ranks.Replace(" 257", " 2147483647", StringComparison.Ordinal), "the id 2147483647 is out of range" },
        { Ranks.Replace(" 257", " 256", StringComparison.Ordinal), "token 256 is there twice" },
        { Ranks.Replace("YWJj", "YWI=", StringComparison.Ordinal), "line 258 repeats a token" },
        { Ranks.Replace("YWJj", "YWJ", StringComparison.Ordinal), "line 258 is no token" },
        { Ranks.Replace("YWJj", string.Empty, StringComparison.Ordinal), "token 257 is empty" },
        { "Capacity: 2000000000\n" + Ranks, "line 1 is no token" },
    };

    [Fact]
    public void Pairs_are_joined_in_their_order()
    {
        foreach (BytePairTokenizer tokenizer in (BytePairTokenizer[])[Load(Vocabulary, Merges), LoadRanks(Ranks), LoadRanks(Ranks.Replace("\n", "\r\n\r\n", StringComparison.Ordinal))])
        {
            Assert.Equal(258, tokenizer.Count);
            Assert.Equal([257, ' ', 256, 'b', ' ', 'b', 257], tokenizer.Encode("abc abb babc"));
            Assert.Equal("abc abb babc", tokenizer.Decode([257, ' ', 256, 'b', ' ', 'b', 257]));
            Assert.Equal([0xC3, 0xA9], tokenizer.Encode("é"));
            Assert.Equal("é\uFFFDa", tokenizer.Decode([0xC3, 0xA9, 0xC3, 'a']));
            Assert.Empty(tokenizer.Encode(string.Empty));
            Assert.Equal(string.Empty, tokenizer.Decode([]));
            Assert.Contains("Token 1 is none", Assert.Throws<ArgumentOutOfRangeException>("ids", () => tokenizer.Decode([0, 258])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Special_tokens_stand_for_themselves()
    {
        var special = new Dictionary<string, int> { ["<a>"] = 300, ["<a>b"] = 301, ["日"] = 302 };
        foreach (BytePairTokenizer tokenizer in (BytePairTokenizer[])[Load(Vocabulary, Merges, special), LoadRanks(Ranks, special)])
        {
            Assert.Equal(303, tokenizer.Count);
            Assert.Equal([256, 300, 'a', 301, 302, 'b'], tokenizer.Encode("ab<a>a<a>b日b"));
            Assert.Equal("ab<a>a<a>b日b", tokenizer.Decode([256, 300, 'a', 301, 302, 'b']));
            Assert.Throws<ArgumentOutOfRangeException>("ids", () => tokenizer.Decode([299]));
        }
    }

    [Fact]
    public void Special_tokens_that_clash_are_errors()
    {
        Assert.Contains("the special token '<a>' has the id 257, which is that of 'abc'", Fails(() => LoadRanks(Ranks, new Dictionary<string, int> { ["<a>"] = 257 })), StringComparison.Ordinal);
        Assert.Contains("token 300 is empty", Fails(() => Load(Vocabulary, Merges, new Dictionary<string, int> { [string.Empty] = 300 })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[a-z]+")]
    [InlineData("x*")]
    [InlineData(@"\b")]
    public void No_pattern_loses_text(string pattern)
    {
        BytePairTokenizer tokenizer = BytePairTokenizer.LoadTiktoken(new MemoryStream(Encoding.UTF8.GetBytes(Ranks)), pattern: pattern);
        Assert.Equal("abc, 12 XY!é", tokenizer.Decode(tokenizer.Encode("abc, 12 XY!é")));
    }

    [Fact]
    public void Patterns_that_are_none_are_errors()
    {
        Assert.ThrowsAny<ArgumentException>(() => BytePairTokenizer.LoadTiktoken(new MemoryStream(), pattern: "(a"));
        Assert.Throws<ArgumentException>("pattern", () => BytePairTokenizer.LoadTiktoken(new MemoryStream(), pattern: string.Empty));
    }

    [Fact]
    public void Half_a_character_becomes_the_replacement_character()
    {
        BytePairTokenizer tokenizer = LoadRanks(Ranks);
        Assert.Equal("a\uFFFDb", tokenizer.Decode(tokenizer.Encode("a\ud83db")));
        Assert.Equal("a\uFFFDb", Load(Vocabulary, Merges).Decode(Load(Vocabulary, Merges).Encode("a\ud83db")));
    }

    [Theory]
    [MemberData(nameof(WrongVocabularies))]
    public void Wrong_vocabularies_are_errors(string vocabulary, string expected) => Assert.Contains(expected, Fails(() => Load(vocabulary, Merges)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(WrongMerges))]
    public void Wrong_merges_are_errors(string merges, string expected) => Assert.Contains(expected, Fails(() => Load(Vocabulary, merges)), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(WrongRanks))]
    public void Wrong_ranks_are_errors(string ranks, string expected) => Assert.Contains(expected, Fails(() => LoadRanks(ranks)), StringComparison.Ordinal);

    [Fact]
    public void Merges_that_are_no_text_are_an_error() => Assert.Contains(
        "not UTF-8",
        Fails(() => BytePairTokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(Vocabulary)), new MemoryStream([0xFF, 0x20, 0xFF]))),
        StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_the_platforms_own_error()
    {
        Assert.Throws<FileNotFoundException>(() => BytePairTokenizer.Load("none.json", "none.txt"));
        Assert.Throws<FileNotFoundException>(() => BytePairTokenizer.LoadTiktoken("none.tiktoken"));
    }

    private static string Fails(Action action) => Assert.Throws<InvalidDataException>(action).Message;

    private static BytePairTokenizer Load(string vocabulary, string merges, Dictionary<string, int>? special = null) =>
        BytePairTokenizer.Load(new MemoryStream(Encoding.UTF8.GetBytes(vocabulary)), new MemoryStream(Encoding.UTF8.GetBytes(merges)), special);

    private static BytePairTokenizer LoadRanks(string ranks, Dictionary<string, int>? special = null) =>
        BytePairTokenizer.LoadTiktoken(new MemoryStream(Encoding.UTF8.GetBytes(ranks)), special);

    private static string Line(byte[] token, int id) => FormattableString.Invariant($"{Convert.ToBase64String(token)} {id}\n");

    private static string MakeVocabulary()
    {
        List<int> visible = [.. Enumerable.Range(33, 94), .. Enumerable.Range(161, 12), .. Enumerable.Range(174, 82)];
        List<int> others = [.. Enumerable.Range(0, 256).Except(visible)];
        IEnumerable<string> bytes = Enumerable.Range(0, 256)
            .Select(value => FormattableString.Invariant($"{JsonSerializer.Serialize(((char)(visible.Contains(value) ? value : 256 + others.IndexOf(value))).ToString())}:{value}"));
        return $"{{{string.Join(',', bytes)},\"ab\":256,\"abc\":257}}";
    }
}
