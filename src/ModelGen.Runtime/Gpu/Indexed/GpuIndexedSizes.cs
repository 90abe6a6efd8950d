namespace ModelGen.Gpu;

/// <summary>The sizes of <c>[batch, size, inner]</c>, of what lies at indices, <c>[batch, count, inner]</c>, and of the indices.</summary>
internal readonly struct GpuIndexedSizes(int batch, int size, int count, int inner, int indexBatch, int indexInner)
{
    public readonly int Batch = batch;
    public readonly int Size = size;
    public readonly int Count = count;
    public readonly int Inner = inner;
    public readonly int IndexBatch = indexBatch;
    public readonly int IndexInner = indexInner;

    /// <summary>In a kernel: where the index of an element lies.</summary>
    public int PlaceOf(int batch, int row, int column) => (batch * IndexBatch) + (row * IndexInner) + (IndexInner > 1 ? column : 0);
}
