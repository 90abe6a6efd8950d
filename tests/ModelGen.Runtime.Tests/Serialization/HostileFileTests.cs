using System;
using System.IO;
using System.Linq;
using System.Text;
using ModelGen.Tests.Training.Models;
using Xunit;
using static ModelGen.Tests.Serialization.SafetensorsBuilder;

namespace ModelGen.Tests.Serialization;

/// <summary>Whatever a file holds: a clear error and an unchanged model, or the right parameters.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly SoftmaxRegression model = new(seed: 3);

    [Fact]
    public void A_file_of_another_program_is_read()
    {
        model.Load(new MemoryStream(File(Right)));
        Assert.Equal(BitConverter.ToSingle([1, 2, 3, 4]), model.Parameters["Fc.bias"].Values[0]);
        Assert.Equal(BitConverter.ToSingle([33, 34, 35, 36]), model.Parameters["Fc.weight"].Values[5]);
    }

    public static TheoryData<string, string, string> Headers => new()
    {
        { "missing", """{"Fc.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "the tensor 'Fc.weight' [3, 2] is missing" },
        { "extra", Right.Replace("}}", """},"Gc.bias":{"dtype":"F32","shape":[0],"data_offsets":[36,36]}}""", StringComparison.Ordinal), "the tensor 'Gc.bias' [0] is not a parameter of SoftmaxRegression" },
        { "shape", Right.Replace("[3,2]", "[2,3]", StringComparison.Ordinal), "the tensor 'Fc.weight' has the shape [2, 3], expected [3, 2]" },
        { "rank", Right.Replace("[3,2]", "[6]", StringComparison.Ordinal), "the tensor 'Fc.weight' has the shape [6], expected [3, 2]" },
        { "type", Right.Replace("F32", "BF16", StringComparison.Ordinal), "the tensor 'Fc.bias' is of the type BF16, expected F32" },
        { "size", Right.Replace("[12,36]", "[12,32]", StringComparison.Ordinal), "needs 24 bytes, but lies from byte 12 to 32" },
        { "overlap", Right.Replace("[12,36]", "[8,32]", StringComparison.Ordinal), "overlaps the one before it: it begins at byte 8, expected 12" },
        { "same place", Right.Replace("[12,36]", "[0,24]", StringComparison.Ordinal), "overlaps the one before it" },
        { "gap", Right.Replace("[12,36]", "[16,40]", StringComparison.Ordinal), "leaves a gap before it: it begins at byte 16, expected 12" },
        { "gap at the start", Right.Replace("[0,12]", "[4,16]", StringComparison.Ordinal).Replace("[12,36]", "[16,40]", StringComparison.Ordinal), "leaves a gap before it" },
        { "backwards", Right.Replace("[12,36]", "[36,12]", StringComparison.Ordinal), "lies from byte 36 to 12" },
        { "beyond the end", Right.Replace("[3,2]", "[3,2000]", StringComparison.Ordinal).Replace("36]", "24012]", StringComparison.Ordinal), "has the shape [3, 2000], expected [3, 2]" },
        { "negative offset", Right.Replace("[0,12]", "[-12,0]", StringComparison.Ordinal), "'Fc.bias' has a size or offset that is not a whole number" },
        { "huge offset", Right.Replace("36]", "9223372036854775808]", StringComparison.Ordinal), "not a whole number" },
        { "largest offset", Right.Replace("[12,36]", "[9223372036854775804,9223372036854775807]", StringComparison.Ordinal), "needs 24 bytes" },
        { "overflowing shape", Right.Replace("[3,2]", "[4294967296,4294967296]", StringComparison.Ordinal), "needs more bytes than any file has" },
        { "overflow to zero", Right.Replace("[3,2]", "[4611686018427387904,4]", StringComparison.Ordinal), "needs more bytes than any file has" },
        { "fraction", Right.Replace("[3]", "[3.5]", StringComparison.Ordinal), "not a whole number" },
        { "exponent", Right.Replace("[3]", "[3e0]", StringComparison.Ordinal), "not a whole number" },
        { "text as size", Right.Replace("[3]", "[\"3\"]", StringComparison.Ordinal), "not a whole number" },
        { "three offsets", Right.Replace("36]", "36,48]", StringComparison.Ordinal), "lacks dtype, shape or two data_offsets" },
        { "no type", Right.Replace("\"dtype\":\"F32\",", string.Empty, StringComparison.Ordinal), "lacks dtype" },
        { "type twice", Right.Replace("\"dtype\":\"F32\",", "\"dtype\":\"F32\",\"dtype\":\"F32\",", StringComparison.Ordinal), "unknown or repeated field 'dtype'" },
        { "unknown field", Right.Replace("\"dtype\"", "\"device\"", StringComparison.Ordinal), "unknown or repeated field 'device'" },
        { "tensor twice", Right.Replace("Fc.weight", "Fc.bias", StringComparison.Ordinal), "the tensor 'Fc.bias' is there twice" },
        { "tensor twice, escaped", Right.Replace("Fc.weight", "Fc.b\\u0069as", StringComparison.Ordinal), "the tensor 'Fc.bias' is there twice" },
        { "half a surrogate pair", Right.Replace("Fc.weight", "\\ud800", StringComparison.Ordinal), "is not JSON" },
        { "notes that are no text", Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{\"a\":1},\"Fc.bias\"", StringComparison.Ordinal), "has Number where String belongs" },
        { "notes twice", Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{},\"__metadata__\":{},\"Fc.bias\"", StringComparison.Ordinal), "is there twice" },
        { "a note twice", Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{\"a\":\"1\",\"a\":\"1\"},\"Fc.bias\"", StringComparison.Ordinal), "the note 'a' is there twice" },
        { "other model", Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{\"modelgen.model\":\"Gpt\"},\"Gc.bias\"", StringComparison.Ordinal), "the file holds the parameters of 'Gpt', the model is 'SoftmaxRegression'" },
        { "checksum", Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{\"modelgen.crc32c\":\"00000000\"},\"Fc.bias\"", StringComparison.Ordinal), "the data is damaged: its checksum is" },
        { "no object", "[1]", "does not begin with '{'" },
        { "cut off", Right[..^1], "is not JSON" },
        { "more behind", Right + "{}", "is not JSON" },
        { "comment", Right.Insert(1, "/**/"), "is not JSON" },
        { "deep", """{"a":{"b":{"c":{"d":1}}}}""", "unknown or repeated field 'b'" },
        { "empty", "{}", "is missing" },
        { "blank in front", " " + Right, "does not begin with '{'" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_wrong_header_is_explained(string fault, string header, string explanation)
    {
        Assert.NotEmpty(fault);
        Assert.Contains(explanation, Fails(File(header)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(1000ul)]
    [InlineData(100_000_001ul)]
    [InlineData(1ul << 63)]
    [InlineData(ulong.MaxValue)]
    public void A_wrong_header_length_is_explained(ulong length)
    {
        byte[] bytes = File(length, Encoding.UTF8.GetBytes(Right), DataLength);
        Assert.Contains($"the header's length is {length}", Fails(bytes).Message, StringComparison.Ordinal);
        Fails(bytes, seekable: false);
    }

    [Fact]
    public void Names_that_are_not_UTF8_are_explained()
    {
        byte[] header = Encoding.UTF8.GetBytes(Right);
        header[Right.IndexOf("weight", StringComparison.Ordinal)] = 0xC0;
        Assert.Contains("the header is not UTF-8", Fails(File(header)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_behind_the_data_are_explained() =>
        Assert.Contains("behind the last tensor", Fails(File(Right, DataLength + 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_error_names_file_and_tensor()
    {
        string path = Path.GetTempFileName();
        try
        {
            System.IO.File.WriteAllBytes(path, File(Right, DataLength - 1));
            ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Load(path));
            Assert.Equal($"{path}: the tensor 'Fc.weight' is cut off: 23 of 24 bytes are there.", e.Message);
            Assert.Equal((path, "Fc.weight"), (e.FileName, e.Tensor));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_cut_off_anywhere_is_an_error()
    {
        byte[] whole = Saved();
        for (int length = 0; length < whole.Length; length++)
        {
            Fails(whole[..length]);
            Fails(whole[..length], seekable: false);
        }
    }

    [Fact]
    public void Any_bit_that_flips_is_an_error_or_changes_no_parameter()
    {
        byte[] whole = Saved();
        float[] expected = Values(model);
        using var reader = new SoftmaxRegression(seed: 4);
        int accepted = 0;
        for (int bit = 0; bit < whole.Length * 8; bit++)
        {
            byte[] flipped = [.. whole];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            float[] before = Values(reader);
            try
            {
                reader.Load(new MemoryStream(flipped));
                Assert.Equal(expected, Values(reader));
                accepted++;
                reader.Parameters["Fc.bias"].Values.Fill(bit);
            }
            catch (ParameterFileException)
            {
                Assert.Equal(before, Values(reader));
            }
        }

        // Only notes for people may differ: the names of the notes, of the format and of the model, and the fingerprint.
        Assert.InRange(accepted, 1, whole.Length * 8 / 3);
    }

    [Fact]
    public void A_different_fingerprint_is_accepted_where_all_names_and_shapes_agree()
    {
        string header = Right.Replace("{\"Fc.bias\"", "{\"__metadata__\":{\"format\":\"pt\",\"modelgen.fingerprint\":\"x\"},\"Fc.bias\"", StringComparison.Ordinal);
        model.Load(new MemoryStream(File(header)));
    }

    public void Dispose() => model.Dispose();

    private ParameterFileException Fails(byte[] bytes, bool seekable = true)
    {
        float[] before = Values(model);
        using Stream stream = seekable ? new MemoryStream(bytes) : new Pipe(bytes);
        ParameterFileException e = Assert.Throws<ParameterFileException>(() => model.Load(stream));
        Assert.Equal(before, Values(model));
        return e;
    }

    private byte[] Saved()
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
