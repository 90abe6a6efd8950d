using System.Collections.Generic;
using System.Linq;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>A model's parameters, cut into chunks that belong to one tensor each: a table by which norms of all tensors are found in one pass.</summary>
internal sealed class TensorChunks
{
    /// <summary>The length of a chunk; a tensor's last one has what is left.</summary>
    public const int Length = 4096;

    private readonly long[] offsets;
    private readonly int[] firstChunks;

    public TensorChunks(ModelDescription description)
    {
        (long Offset, int Length)[] tensors = [.. description.Parameters.SelectMany(ParameterLayout.Tensors)];
        offsets = [.. tensors.Select(tensor => tensor.Offset)];
        firstChunks = new int[tensors.Length + 1];
        List<TensorChunk> chunks = [];
        for (int tensor = 0; tensor < tensors.Length; tensor++)
        {
            for (int start = 0; start < tensors[tensor].Length; start += Length)
            {
                chunks.Add(new TensorChunk(offsets[tensor] + start, int.Min(Length, tensors[tensor].Length - start), tensor));
            }

            firstChunks[tensor + 1] = chunks.Count;
        }

        All = [.. chunks];
    }

    /// <summary>Gets the chunks of all tensors, tensor by tensor.</summary>
    public TensorChunk[] All { get; }

    /// <summary>Gets the number of tensors.</summary>
    public int Tensors => offsets.Length;

    /// <summary>The first chunk of a tensor; for the number of tensors, the number of chunks.</summary>
    public int First(int tensor) => firstChunks[tensor];

    /// <summary>The first tensor that begins at an offset or behind it.</summary>
    public int TensorAt(long offset)
    {
        int found = System.Array.BinarySearch(offsets, offset);
        return found < 0 ? ~found : found;
    }
}

/// <summary>A part of a tensor.</summary>
/// <param name="Offset">Where it begins in the flat buffer.</param>
/// <param name="Count">The number of its values.</param>
/// <param name="Tensor">The tensor.</param>
internal readonly record struct TensorChunk(long Offset, int Count, int Tensor);
