using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ModelGen.Models.Tests.Goldens;

/// <summary>A tensor that PyTorch calculated.</summary>
internal sealed record GoldenTensor(int[] Shape, float[] Values, int[] Ints)
{
    /// <summary>Gets the elements as numbers, whatever their type.</summary>
    public float[] Numbers => Ints.Length > 0 ? [.. Ints.Select(value => (float)value)] : Values;
}

/// <summary>The tensors of a safetensors file by name.</summary>
internal sealed class GoldenFile
{
    private readonly Dictionary<string, GoldenTensor> tensors = [];

    private GoldenFile(byte[] bytes)
    {
        int header = (int)BitConverter.ToInt64(bytes);
        using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(8, header));
        foreach (JsonProperty entry in document.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(dim => dim.GetInt32())];
            int[] offsets = [.. entry.Value.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32())];
            ReadOnlySpan<byte> data = bytes.AsSpan(8 + header + offsets[0], offsets[1] - offsets[0]);
            bool ints = entry.Value.GetProperty("dtype").GetString() == "I32";
            tensors[entry.Name] = new GoldenTensor(
                shape,
                ints ? [] : System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(data).ToArray(),
                ints ? System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(data).ToArray() : []);
        }
    }

    /// <summary>Gets the folder of the golden files in the source tree.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "../../goldens"));

    public GoldenTensor? this[string name] => tensors.GetValueOrDefault(name);

    public static GoldenFile Read(string name) => new(File.ReadAllBytes(Path.Combine(Folder, name)));

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
