using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ModelGen.Proofs;
using ModelGen.Tests.Training.Models;
using Xunit;
using static ModelGen.Tests.Serialization.SafetensorsBuilder;

namespace ModelGen.Tests.Serialization;

/// <summary>Ten thousand files with changes at random: a clear error and an unchanged model, or just what a second reader finds in the file; memory stays bounded.</summary>
public sealed class FuzzedFileTests
{
    private const int Files = 10_000;

    /// <summary>Besides the file's own length: the parameters, messages, and what a JSON reader takes for a header of a few thousand bytes.</summary>
    private const long MostBytes = 256 * 1024;

    [Fact]
    public void AnErrorOrWhatASecondReaderFinds()
    {
        using var model = new SoftmaxRegression(seed: 3);
        byte[][] right = [File(Right), Saved(model)];
        int loaded = 0, failed = 0;
        Dictionary<string, int> reasons = [];
        for (int seed = 0; seed < Files; seed++)
        {
            FuzzedFile fuzzed = FuzzedFile.Of(right[seed % right.Length], new Random(seed));
            byte[] bytes = fuzzed.ToArray();
            string which = $"file {seed}: {fuzzed.Changes}";
            model.Parameters["Fc.bias"].Values.Fill(seed);
            float[] before = Values(model);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            ParameterFileException? error = Load(model, bytes, isSeekable: seed % 3 != 0, which);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated < MostBytes + (16 * bytes.Length), $"{which}: {allocated} bytes allocated for {bytes.Length}");
            if (error is null)
            {
                loaded++;
                Assert.True(SecondReader(bytes, model).SequenceEqual(Values(model).Select(BitConverter.SingleToInt32Bits)), which);
            }
            else
            {
                failed++;
                Assert.False(fuzzed.IsRight, $"{which}: {error.Message}");
                Assert.True(before.Select(BitConverter.SingleToInt32Bits).SequenceEqual(Values(model).Select(BitConverter.SingleToInt32Bits)), which);
                Assert.True(error.Message is { Length: > 20 and < 2000 } && error.Message.EndsWith('.'), $"{which}: {error.Message}");
                string reason = string.Concat(error.Message.Where(char.IsAsciiLetter).Take(30));
                reasons[reason] = reasons.GetValueOrDefault(reason) + 1;
            }
        }

        ProofReport.Add($"fuzzed parameter files: {Files} read, {loaded} loaded right, {failed} refused for {reasons.Count} kinds of reasons, each with an unchanged model");
        Assert.True(loaded > Files / 5 && failed > Files / 2 && reasons.Count > 20, $"{loaded} loaded, {failed} refused, {reasons.Count} reasons");
    }

    private static ParameterFileException? Load(Model model, byte[] bytes, bool isSeekable, string which)
    {
        using Stream stream = isSeekable ? new MemoryStream(bytes) : new Pipe(bytes);
        try
        {
            model.Load(stream);
            return null;
        }
        catch (ParameterFileException error)
        {
            return error;
        }
        catch (Exception other)
        {
            Assert.Fail($"{which}: {other}");
            throw;
        }
    }

    /// <summary>The parameters' bits, read with a JSON document: nothing of the reader under test. What the format forbids is an exception.</summary>
    private static IEnumerable<int> SecondReader(byte[] file, Model model)
    {
        int header = checked((int)BitConverter.ToUInt64(file, 0));
        using JsonDocument document = JsonDocument.Parse(file.AsMemory(8, header));
        JsonProperty[] tensors = [.. document.RootElement.EnumerateObject().Where(property => property.Name != "__metadata__")];
        Assert.Equal(model.Parameters.Count, tensors.Length);
        long covered = 0;
        List<int> bits = [];
        foreach (Parameter parameter in model.Parameters)
        {
            JsonElement tensor = tensors.Single(property => property.Name == parameter.Name).Value;
            Assert.Equal("F32", tensor.GetProperty("dtype").GetString());
            Assert.Equal(parameter.Shape.Select(size => (long)size), tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()));
            long begin = tensor.GetProperty("data_offsets")[0].GetInt64(), end = tensor.GetProperty("data_offsets")[1].GetInt64();
            Assert.Equal(parameter.Length * sizeof(float), end - begin);
            covered += end - begin;
            bits.AddRange(Enumerable.Range(0, parameter.Length).Select(index => BitConverter.ToInt32(file, checked((int)(8 + header + begin + (index * sizeof(float)))))));
        }

        Assert.Equal(file.Length, 8 + header + covered);
        return bits;
    }

    private static byte[] Saved(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static float[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
}
