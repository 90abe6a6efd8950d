using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A checkpoint in the safetensors format: the parameters under their names, the rest under names with a slash, which no parameter has.</summary>
internal static class CheckpointFile
{
    public static void Write(Model model, Checkpoint checkpoint, string path, Func<Stream, Stream>? wrap = null) =>
        AtomicFile.Write(path, stream => Write(model, checkpoint, stream), wrap);

    public static void Write(Model model, Checkpoint checkpoint, Stream stream)
    {
        string state = checkpoint.State.ToJson();
        CheckpointTensor[] tensors = [.. Tensors(model, checkpoint)];
        uint checksum = tensors.Aggregate(ChecksumOf(state), (sum, tensor) => Crc32C.Append(sum, tensor.Bytes));
        Dictionary<string, string> notes = new(ParameterFile.Notes(model, checksum)) { [StoredHeader.TrainingNote] = state };
        stream.Write(StoredHeaderWriter.Write(tensors.Select(tensor => tensor.Shape), notes));
        foreach (CheckpointTensor tensor in tensors)
        {
            stream.Write(tensor.Bytes);
        }
    }

    /// <summary>Reads a checkpoint into memory of its own, once everything about it is known to fit.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stream">The file.</param>
    /// <param name="file">The same, for messages.</param>
    /// <param name="check">Throws where the training is another.</param>
    public static Checkpoint Read(Model model, Stream stream, FaultyFile file, Action<CheckpointState> check)
    {
        StoredHeader header = StoredFile.ReadHeader(stream, file);
        ImmutableArray<StoredTensor> tensors = StoredHeaderCheck.Layout(header.Tensors, file);
        string json = header.Notes.GetValueOrDefault(StoredHeader.TrainingNote)
            ?? throw file.Because($"it is not a checkpoint: its header has no note '{StoredHeader.TrainingNote}'. Give another file, or begin anew without {nameof(Checkpoints.Resume)}");
        CheckNotes(header, model, file);
        CheckpointState state = CheckpointState.FromJson(json, file);
        check(state);
        StoredHeaderCheck.Tensors(header, Shapes(model, state), file, whole: "part of this checkpoint");
        CheckLength(stream, tensors.IsEmpty ? 0 : tensors[^1].End, file);
        Checkpoint checkpoint = NewCheckpoint(model, state);
        Dictionary<string, CheckpointTensor> byName = Tensors(model, checkpoint).ToDictionary(tensor => tensor.Shape.Name, StringComparer.Ordinal);
        uint checksum = ChecksumOf(json);
        foreach (StoredTensor tensor in tensors)
        {
            Span<byte> bytes = byName[tensor.Name].Bytes;
            StoredFile.ReadData(stream, bytes, tensor.Name, file);
            checksum = Crc32C.Append(checksum, bytes);
        }

        StoredFile.CheckEnd(stream, header, checksum, file);
        return checkpoint;
    }

    private static void CheckNotes(StoredHeader header, Model model, FaultyFile file)
    {
        string name = header.Notes.GetValueOrDefault(StoredHeader.ModelNote, string.Empty);
        if (name != model.Description.Name || header.Notes.GetValueOrDefault(StoredHeader.FingerprintNote) != model.Description.Fingerprint)
        {
            string other = name == model.Description.Name ? "whose parameters have other names or shapes" : $"the model is '{model.Description.Name}'";
            throw file.Because($"it holds the training of '{name}', {other}. Give another file, or begin anew without {nameof(Checkpoints.Resume)}");
        }

        if (!header.Notes.ContainsKey(StoredHeader.ChecksumNote))
        {
            throw file.Because($"its header has no note '{StoredHeader.ChecksumNote}'");
        }
    }

    /// <summary>Before memory is taken for what a hostile file promises.</summary>
    private static void CheckLength(Stream stream, long bytes, FaultyFile file)
    {
        if (!stream.CanSeek || stream.Length - stream.Position != bytes)
        {
            throw stream.CanSeek
                ? file.Because($"{stream.Length - stream.Position} bytes follow the header, expected {bytes}")
                : file.Because($"it is not a file of a known length");
        }
    }

    private static Checkpoint NewCheckpoint(Model model, CheckpointState state) => new()
    {
        State = state,
        Parameters = NewBuffer(model, isThere: true)!,
        Slots = [.. Enumerable.Range(0, state.Slots).Select(_ => NewBuffer(model, isThere: true)!)],
        Average = NewBuffer(model, state.HasAverage),
        Judged = NewBuffer(model, state.HasJudged),
        Trained = NewBuffer(model, state.HasTrained),
        Losses = new float[state.Steps],
        LearningRates = new float[state.Steps],
    };

    private static AlignedBuffer? NewBuffer(Model model, bool isThere) => isThere ? new AlignedBuffer(model.Description.ParameterLength) : null;

    /// <summary>What the names of all tensors of a kind begin with; each kind has one for every parameter.</summary>
    private static IEnumerable<string> Kinds(CheckpointState state)
    {
        string[] slots = [.. Enumerable.Range(0, state.Slots).Select(slot => FormattableString.Invariant($"optimizer/{slot}/"))];
        return [string.Empty, .. slots, .. Only(state.HasAverage, "average/"), .. Only(state.HasJudged, "best/"), .. Only(state.HasTrained, "best_trained/")];
    }

    private static string[] Only(bool isThere, string kind) => isThere ? [kind] : [];

    private static IEnumerable<StoredShape> Shapes(Model model, CheckpointState state) =>
    [
        .. Kinds(state).SelectMany(kind => model.Parameters.Select(parameter => new StoredShape(kind + parameter.Name, parameter.Shape))),
        .. HistoryShapes(state),
    ];

    private static StoredShape[] HistoryShapes(CheckpointState state) => [new("history/loss", [state.Steps]), new("history/learning_rate", [state.Steps])];

    private static IEnumerable<CheckpointTensor> Tensors(Model model, Checkpoint checkpoint)
    {
        AlignedBuffer?[] buffers = [checkpoint.Parameters, .. checkpoint.Slots, checkpoint.Average, checkpoint.Judged, checkpoint.Trained];
        foreach ((string kind, AlignedBuffer buffer) in Kinds(checkpoint.State).Zip(buffers.OfType<AlignedBuffer>()))
        {
            foreach (Parameter parameter in model.Parameters)
            {
                yield return new CheckpointTensor(new StoredShape(kind + parameter.Name, parameter.Shape), buffer, parameter.Offset, null);
            }
        }

        StoredShape[] history = HistoryShapes(checkpoint.State);
        yield return new CheckpointTensor(history[0], null, 0, checkpoint.Losses);
        yield return new CheckpointTensor(history[1], null, 0, checkpoint.LearningRates);
    }

    private static uint ChecksumOf(string state) => Crc32C.Append(Crc32C.Start, Encoding.UTF8.GetBytes(state));

    /// <summary>A tensor and where its values are: a part of a buffer that is laid out like the model's parameters, or an array.</summary>
    private readonly record struct CheckpointTensor(StoredShape Shape, AlignedBuffer? Memory, long Offset, float[]? Values)
    {
        public Span<byte> Bytes => MemoryMarshal.AsBytes(Memory is null ? Values.AsSpan() : Memory.Span(Offset, (int)Shape.Count));
    }
}
