using System;
using System.Linq;
using Xunit;

namespace ModelGen.Tests.Text;

public sealed class VocabularyTests
{
    [Fact]
    public void The_most_frequent_are_kept_and_of_equals_the_first()
    {
        const string Text = "c b a b a d";
        Assert.Equal(["<unk>", "b", "a", "c", "d"], Vocabulary.Build(Text, 100).Tokens.AsSpan());
        Assert.Equal(["<unk>", "b", "a", "c"], Vocabulary.Build(Text, 4).Tokens.AsSpan());
        Assert.Equal(["<unk>", "b"], Vocabulary.Build(Text, 2).Tokens.AsSpan());
        Assert.Equal(["<unk>"], Vocabulary.Build(Text, 1).Tokens.AsSpan());
        Assert.Equal(["<unk>"], Vocabulary.Build(string.Empty, 10).Tokens.AsSpan());
    }

    [Fact]
    public void Words_and_marks_are_tokens_and_the_rest_is_left_out()
    {
        Vocabulary vocabulary = Vocabulary.Build("Don't _stop_--she said: \"No; 7 times!\"\n(O' wéll-bred...)", 100);
        Assert.Equal(
            ["don't", "stop", "-", "-", "she", "said", ":", "\"", "no", ";", "times", "!", "\"", "(", "o", "w", "ll", "-", "bred", ".", ".", ".", ")"],
            vocabulary.Encode("DON'T stop--she said: \"No; 7 times!\"\n(O' wéll-bred...)").Select(id => vocabulary.Tokens[id]));
    }

    [Fact]
    public void What_is_not_there_is_token_zero()
    {
        Vocabulary vocabulary = Vocabulary.Build("to be or not to be", 3);
        Assert.Equal([1, 2, 0, 0, 1, 2, 0], vocabulary.Encode("To be or not to be!"));
        Assert.Equal([], vocabulary.Encode("1 2 3"));
        Assert.Equal(2, vocabulary.IdOf("be"));
        Assert.Equal(Vocabulary.UnknownId, vocabulary.IdOf("or"));
        Assert.Equal(Vocabulary.UnknownId, vocabulary.IdOf(Vocabulary.UnknownToken));
        Assert.Equal("to be <unk>", vocabulary.Decode([1, 2, 0]));
    }

    [Fact]
    public void The_pattern_and_the_case_are_the_users()
    {
        Vocabulary vocabulary = Vocabulary.Build("Ab 12 ab 12", 10, @"\w+", lowerCase: false);
        Assert.Equal(["<unk>", "12", "Ab", "ab"], vocabulary.Tokens.AsSpan());
        Assert.Equal([2, 3, 0], vocabulary.Encode("Ab ab AB"));
        Assert.Equal((@"\w+", false), (vocabulary.Pattern, vocabulary.LowerCase));
    }

    [Fact]
    public void A_text_that_speaks_of_the_unknown_token_does_not_confuse_it() =>
        Assert.Equal([0, 0, 1], Vocabulary.Build("<unk> <unk> a", 10, "<unk>|[a-z]").Encode("<unk> b a"));

    [Fact]
    public void Matches_of_no_length_are_no_tokens() => Assert.Equal(["<unk>", "aa", "a"], Vocabulary.Build("aa-a-aa", 10, "a*").Tokens.AsSpan());

    [Fact]
    public void Halves_of_characters_are_unknown()
    {
        Vocabulary vocabulary = Vocabulary.Build("😀é", 10, ".");
        Assert.Equal(["<unk>", "é"], vocabulary.Tokens.AsSpan());
        Assert.Equal([0, 0, 1], vocabulary.Encode("😀é"));
    }

    [Theory]
    [InlineData("a, b; c: d. e! f?")]
    [InlineData("he said: \"no!\" and \"yes\", twice.")]
    [InlineData("( \"well - bred\" ) - himself -- and", "(\"well-bred\")-himself--and")]
    [InlineData("a\" b \"c \" d", "a \"b\" c \"d")] // Marks open and close in turn, whatever was meant.
    [InlineData("( a ) - b", "(a)-b")]
    [InlineData(" ,  a\n\nb", ", a b")]
    [InlineData("")]
    public void Tokens_are_joined_for_people(string text, string? expected = null)
    {
        Vocabulary vocabulary = Vocabulary.Build(text, 100);
        int[] ids = vocabulary.Encode(text);
        Assert.Equal(expected ?? text, vocabulary.Decode(ids));
        Assert.Equal(ids, vocabulary.Encode(vocabulary.Decode(ids)));
    }

    [Fact]
    public void Longer_marks_are_joined_like_short_ones()
    {
        Vocabulary vocabulary = Vocabulary.Build("a -- b ... [ c ] ?! d", 100, @"\w+|[^\w\s]+");
        Assert.Equal("a--b... [c]?! d", vocabulary.Decode(vocabulary.Encode("a -- b ... [ c ] ?! d")));
    }

    [Fact]
    public void A_token_that_does_not_exist_is_an_error()
    {
        ITokenizer tokenizer = Vocabulary.Build("a b", 10);
        Assert.Equal(3, tokenizer.Count);
        Assert.Contains("Token 1 is none of the vocabulary's, which are 0 to 2", Assert.Throws<ArgumentOutOfRangeException>("ids", () => tokenizer.Decode([2, 3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("ids", () => tokenizer.Decode([-1]));
    }

    [Fact]
    public void Patterns_that_cannot_be_used_are_errors()
    {
        Assert.Throws<ArgumentException>("pattern", () => Vocabulary.Build("a", 10, string.Empty));
        Assert.ThrowsAny<ArgumentException>(() => Vocabulary.Build("a", 10, "(a"));
        foreach (string pattern in (string[])["a(?=b)", "(?<!a)b", @"(a)\1", "(?>a+)b"])
        {
            Assert.Contains("cannot look around or back", Assert.Throws<ArgumentException>("pattern", () => Vocabulary.Build("a", 10, pattern)).Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentOutOfRangeException>("count", () => Vocabulary.Build("a", 0));
    }

    [Fact]
    public void No_pattern_takes_a_time_that_explodes()
    {
        Vocabulary vocabulary = Vocabulary.Build(new string('a', 2_000), 10, "(a+)+b|a");
        Assert.Equal(["<unk>", "a"], vocabulary.Tokens.AsSpan());
    }
}
