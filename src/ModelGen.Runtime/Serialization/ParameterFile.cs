using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A model's parameters in the safetensors format: the header's length, the header as JSON, then the tensors' bytes.</summary>
internal static class ParameterFile
{
    public static void Save(Model model, string path, Func<Stream, Stream>? wrap = null) =>
        AtomicFile.Write(path, stream => Save(model, stream), wrap);

    public static void Save(Model model, Stream stream)
    {
        stream.Write(StoredHeaderWriter.Write(model.Parameters.Select(parameter => new StoredShape(parameter.Name, parameter.Shape)), Notes(model, Checksum(model))));
        foreach (Parameter parameter in model.Parameters)
        {
            stream.Write(MemoryMarshal.AsBytes(parameter.ValuesToRead));
        }
    }

    /// <summary>Reads parameters into memory of their own, laid out like the model's, once everything about them is known to fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The file.</param>
    /// <param name="fileName">The file's name for messages, or null.</param>
    /// <returns>The parameters.</returns>
    public static AlignedBuffer Load(Model model, Stream stream, string? fileName)
    {
        var file = new FaultyFile(fileName);
        StoredHeader header = StoredFile.ReadHeader(stream, file);
        ImmutableArray<StoredTensor> tensors = StoredHeaderCheck.Layout(header.Tensors, file);
        if (header.Notes.ContainsKey(StoredHeader.TrainingNote))
        {
            throw file.Because($"it is a checkpoint, not a file of parameters: {nameof(Model.Fit)} resumes from it by {nameof(FitOptions)}.{nameof(FitOptions.Checkpoints)}");
        }

        StoredHeaderCheck.Model(header, model, file);
        var memory = new AlignedBuffer(model.Description.ParameterLength);
        uint checksum = Crc32C.Start;
        foreach (StoredTensor tensor in tensors)
        {
            Parameter parameter = model.Parameters[tensor.Name];
            Span<byte> bytes = MemoryMarshal.AsBytes(memory.Span(parameter.Offset, parameter.Length));
            StoredFile.ReadData(stream, bytes, tensor.Name, file);
            checksum = Crc32C.Append(checksum, bytes);
        }

        StoredFile.CheckEnd(stream, header, checksum, file);
        return memory;
    }

    /// <summary>What every file of a model says of it.</summary>
    public static IReadOnlyDictionary<string, string> Notes(Model model, uint checksum) => new Dictionary<string, string>
    {
        [StoredHeader.FormatNote] = StoredHeader.Format,
        [StoredHeader.ModelNote] = model.Description.Name,
        [StoredHeader.FingerprintNote] = model.Description.Fingerprint,
        [StoredHeader.ChecksumNote] = StoredHeader.TextOf(checksum),
    };

    private static uint Checksum(Model model)
    {
        uint checksum = Crc32C.Start;
        foreach (Parameter parameter in model.Parameters)
        {
            checksum = Crc32C.Append(checksum, MemoryMarshal.AsBytes(parameter.ValuesToRead));
        }

        return checksum;
    }
}
