using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;

namespace ModelGen;

/// <summary>The header of a safetensors file: a map from names to tensors, and notes.</summary>
internal sealed record StoredHeader(ImmutableArray<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Notes)
{
    /// <summary>The header's length is a number of this many bytes, little-endian, at the file's beginning.</summary>
    public const int LengthBytes = sizeof(ulong);

    /// <summary>The limit of the reference implementation.</summary>
    public const int MaxBytes = 100_000_000;

    public const string NotesName = "__metadata__";
    public const string FormatNote = "format";
    public const string Format = "modelgen";
    public const string ModelNote = "modelgen.model";
    public const string FingerprintNote = "modelgen.fingerprint";
    public const string ChecksumNote = "modelgen.crc32c";

    /// <summary>What a checkpoint has and a file of parameters has not: see <see cref="CheckpointState"/>.</summary>
    public const string TrainingNote = "modelgen.training";

    /// <summary>A checksum as it is written among the notes.</summary>
    public static string TextOf(uint checksum) => checksum.ToString("x8", CultureInfo.InvariantCulture);
}
