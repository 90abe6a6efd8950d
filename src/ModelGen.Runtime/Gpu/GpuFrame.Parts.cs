namespace ModelGen.Gpu;

/// <content>Matrix products whose columns are equal parts.</content>
public sealed partial class GpuFrame
{
    /// <summary>Runs a matrix product [m, k] · [k, n], whose columns are equal parts that the epilogue sees together, in one launch.</summary>
    /// <param name="epilogue">What is done with the elements of the product.</param>
    /// <param name="m">The rows.</param>
    /// <param name="n">The columns: a multiple of the number of parts.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="transposeA">Whether it is stored as [k, m].</param>
    /// <param name="b">The right factor.</param>
    /// <param name="transposeB">Whether it is stored as [n, k].</param>
    public void MultiplyParts<TEpilogue>(in TEpilogue epilogue, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
        where TEpilogue : struct, IGpuPartsEpilogue
    {
        GpuGrid.Checked((long)m * k, Name);
        GpuGrid.Checked((long)k * n, Name);
        GpuGrid.Checked((long)m * n, Name);
        GpuProductPlan plan = GpuProductPlan.OfParts(m, n, k, TEpilogue.Parts, Capabilities);
        new GpuPartsLaunch<GpuFrame, TEpilogue>(this, plan, epilogue, a, b).Start(transposeA, transposeB);
    }
}
