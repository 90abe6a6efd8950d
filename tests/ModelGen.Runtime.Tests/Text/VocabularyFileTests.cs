using System;
using System.IO;
using System.Text;
using Xunit;

namespace ModelGen.Tests.Text;

public sealed class VocabularyFileTests : IDisposable
{
    private const string Right = """{"format":"modelgen.vocabulary","version":1,"pattern":"[a-z]","lower_case":true,"tokens":["<unk>","b","a"]}""";

    private readonly string folder = Directory.CreateTempSubdirectory("modelgen").FullName;

    public static TheoryData<string, string> Wrong => new()
    {
        { string.Empty, "is not JSON" },
        { "[]", "there is StartArray where StartObject belongs" },
        { Right[..^1], "is not JSON" },
        { Right + "{}", "is not JSON" },
        { "\uFEFF" + Right, "is not JSON" },
        { "{}", "its field 'format' is missing" },
        { Right.Replace("modelgen.vocabulary", "gpt2", StringComparison.Ordinal), "its field 'format' is 'gpt2', expected 'modelgen.vocabulary'" },
        { Right.Replace(":1,", ":2,", StringComparison.Ordinal), "its version is 2; only 1 is read" },
        { Right.Replace(":1,", ":1.5,", StringComparison.Ordinal), "no small whole one" },
        { Right.Replace(":1,", ":99999999999,", StringComparison.Ordinal), "no small whole one" },
        { Right.Replace(":1,", ":\"1\",", StringComparison.Ordinal), "there is String where Number belongs" },
        { Right.Replace("\"version\":1,", string.Empty, StringComparison.Ordinal), "its version is missing" },
        { Right.Replace("\"pattern\":\"[a-z]\",", string.Empty, StringComparison.Ordinal), "it lacks the field 'pattern'" },
        { Right.Replace("\"lower_case\":true,", string.Empty, StringComparison.Ordinal), "it lacks the field 'lower_case'" },
        { Right.Replace("true", "1", StringComparison.Ordinal), "there is Number where True or False belongs" },
        { Right.Replace("true", "null", StringComparison.Ordinal), "there is Null where True or False belongs" },
        { Right.Replace("\"[a-z]\"", "null", StringComparison.Ordinal), "there is Null where String belongs" },
        { Right.Replace("[a-z]", "[a-z", StringComparison.Ordinal), "its pattern cannot be used" },
        { Right.Replace("[a-z]", "(?=a)", StringComparison.Ordinal), "its pattern cannot be used" },
        { Right.Replace("[a-z]", "((a{1000}){1000}){1000}", StringComparison.Ordinal), "its pattern cannot be used" },
        { Right.Replace("[a-z]", string.Empty, StringComparison.Ordinal), "its pattern cannot be used" },
        { Right.Replace("pattern", "version", StringComparison.Ordinal), "unknown or repeated field 'version'" },
        { Right.Replace("pattern", "\\u0076ersion", StringComparison.Ordinal), "unknown or repeated field 'version'" },
        { Right.Replace("pattern", "regex", StringComparison.Ordinal), "unknown or repeated field 'regex'" },
        { Right.Replace(",\"tokens\":[\"<unk>\",\"b\",\"a\"]", string.Empty, StringComparison.Ordinal), "it lacks the field 'tokens'" },
        { Right.Replace("\"<unk>\",\"b\",\"a\"", string.Empty, StringComparison.Ordinal), "there are no tokens" },
        { Right.Replace("<unk>", "the", StringComparison.Ordinal), "token 0 is 'the', expected '<unk>'" },
        { Right.Replace("\"a\"", "\"b\"", StringComparison.Ordinal), "the token 'b' is there twice" },
        { Right.Replace("\"a\"", "\"<unk>\"", StringComparison.Ordinal), "the token '<unk>' is there twice" },
        { Right.Replace("\"a\"", "\"\"", StringComparison.Ordinal), "token 2 is no text, or empty" },
        { Right.Replace("\"a\"", "7", StringComparison.Ordinal), "token 2 is no text, or empty" },
        { Right.Replace("\"a\"", "[\"a\"]", StringComparison.Ordinal), "is not JSON" },
        { Right.Replace("\"a\"", "\"\\ud800\"", StringComparison.Ordinal), "is not JSON" },
    };

    [Fact]
    public void What_is_saved_is_loaded_again()
    {
        Vocabulary saved = Vocabulary.Build("\"A\\ é é 日本 \u2028 \t<tag>&'+ z\u0301 \u0001 \u0001", 100, @"\S+|\s");
        string path = Path.Combine(folder, "words.json");
        Vocabulary.Build("other", 100).Save(path);
        saved.Save(path);
        Vocabulary loaded = Vocabulary.Load(path);
        Assert.Equal(saved.Tokens.AsSpan(), loaded.Tokens.AsSpan());
        Assert.Equal((saved.Pattern, saved.LowerCase), (loaded.Pattern, loaded.LowerCase));
        Assert.Equal(saved.Encode("日本 é new"), loaded.Encode("日本 é new"));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder));
    }

    [Fact]
    public void A_file_has_a_token_on_each_line()
    {
        using var stream = new MemoryStream();
        Vocabulary.Build("it isn't.", 100).Save(stream);
        Assert.Equal(
            """
            {
              "format": "modelgen.vocabulary",
              "version": 1,
              "pattern": "[a-z]+('[a-z]+)?|[.,;:!?\"()-]",
              "lower_case": true,
              "tokens": [
                "<unk>",
                "it",
                "isn't",
                "."
              ]
            }

            """.ReplaceLineEndings("\n"),
            Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void A_file_in_another_order_is_read()
    {
        Vocabulary vocabulary = Load("""{"tokens":["<unk>","x"],"lower_case":false,"pattern":"x","version":1,"format":"modelgen.vocabulary"}  """);
        Assert.Equal([1, 1], vocabulary.Encode("xXx"));
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Other_contents_are_errors(string contents, string expected)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => Load(contents));
        Assert.StartsWith("The stream: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_an_error()
    {
        string path = Path.Combine(folder, "cut.json");
        for (int length = 0; length < Right.Length; length++)
        {
            File.WriteAllText(path, Right[..length]);
            Assert.StartsWith(path, Assert.Throws<InvalidDataException>(() => Vocabulary.Load(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text_are_an_error()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Right);
        bytes[^4] = 0xFF;
        Assert.Contains("not UTF-8", Assert.Throws<InvalidDataException>(() => Vocabulary.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_without_end_is_an_error() =>
        Assert.Contains("longer than 100000000 bytes", Assert.Throws<InvalidDataException>(() => Vocabulary.Load(new Endless())).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_folder_or_file_is_the_platforms_own_error()
    {
        Assert.Throws<DirectoryNotFoundException>(() => Vocabulary.Build("a", 10).Save(Path.Combine(folder, "none", "words.json")));
        Assert.Throws<FileNotFoundException>(() => Vocabulary.Load(Path.Combine(folder, "none.json")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static Vocabulary Load(string contents) => Vocabulary.Load(new MemoryStream(Encoding.UTF8.GetBytes(contents)));

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer)
        {
            buffer.Fill((byte)' ');
            return buffer.Length;
        }
    }
}
