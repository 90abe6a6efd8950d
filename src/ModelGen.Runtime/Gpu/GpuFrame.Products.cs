using System;
using System.Diagnostics.CodeAnalysis;

namespace ModelGen.Gpu;

/// <content>Matrix products.</content>
public sealed partial class GpuFrame
{
    private const int Tile = 16;

    /// <summary>The number of parts that the rows of products are reduced in.</summary>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <returns>The number of blocks that <see cref="IGpuEpilogue{TSums}.End"/> is called for; at least one.</returns>
    [SuppressMessage("Performance", "CA1822", Justification = "It is for one device.")]
    public int ProductParts(int batch, int m, int n, int k) => Math.Max(batch * RowTiles(m), 1);

    /// <summary>Runs matrix products [m, k] · [k, n]; the factors of a batch lie one after another.</summary>
    /// <param name="epilogue">What is done with every element of the products.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">The left factors.</param>
    /// <param name="transposeA">Whether they are stored as [k, m].</param>
    /// <param name="b">The right factors.</param>
    /// <param name="transposeB">Whether they are stored as [n, k].</param>
    public void Multiply<TEpilogue>(
        in TEpilogue epilogue, int batch, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
        where TEpilogue : struct, IGpuEpilogue =>
        Multiply<WithoutSums<TEpilogue>, WithoutSums<TEpilogue>.None>(new(epilogue), batch, m, n, k, a, transposeA, b, transposeB);

    /// <summary>Runs matrix products [m, k] · [k, n] whose epilogue reduces over the rows; the factors of a batch lie one after another.</summary>
    /// <param name="epilogue">What is done with every element of the products.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">The left factors.</param>
    /// <param name="transposeA">Whether they are stored as [k, m].</param>
    /// <param name="b">The right factors.</param>
    /// <param name="transposeB">Whether they are stored as [n, k].</param>
    public void Multiply<TEpilogue, TSums>(
        in TEpilogue epilogue, int batch, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
        where TEpilogue : struct, IGpuEpilogue<TSums>
        where TSums : unmanaged =>
        Launch(
            GpuProducts<TEpilogue, TSums>.Kernel,
            GpuGrid.Blocks(Math.Max(n, 1), Tile),
            ProductParts(batch, m, n, k),
            GpuGrid.Threads,
            new(epilogue, new GpuProduct(batch, m, n, k, a, transposeA, b, transposeB)));

    private static int RowTiles(int m) => GpuGrid.Blocks(m, Tile);
}
