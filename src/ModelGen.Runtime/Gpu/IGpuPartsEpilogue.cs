using ILGPU;

namespace ModelGen.Gpu;

/// <summary>
/// What is fused behind a matrix product whose columns are a few equal parts, such as the gates of a recurrent cell: it sees finished elements of all parts,
/// those of the same row and the same column within the part.
/// </summary>
public interface IGpuPartsEpilogue
{
    /// <summary>Gets the number of parts.</summary>
    static abstract int Parts { get; }

    /// <summary>Works on finished elements of the product.</summary>
    /// <param name="row">Their row.</param>
    /// <param name="column">Their column within each part.</param>
    /// <param name="products">The elements.</param>
    void Apply(int row, int column, GpuParts products);
}

/// <summary>Finished elements of all parts of a product.</summary>
public readonly struct GpuParts
{
    private readonly ArrayView<float> products;
    private readonly int first;
    private readonly int stride;

    /// <param name="products">The memory that holds them.</param>
    /// <param name="first">Where the element of the first part lies.</param>
    /// <param name="stride">The distance between parts.</param>
    internal GpuParts(ArrayView<float> products, int first, int stride)
    {
        this.products = products;
        this.first = first;
        this.stride = stride;
    }

    /// <summary>The element of a part.</summary>
    /// <param name="part">The part, from 0.</param>
    /// <returns>The element.</returns>
    public float Part(int part) => products[first + (part * stride)];
}
