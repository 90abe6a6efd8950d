namespace ModelGen.Gpu;

/// <content>Matrix products.</content>
public sealed partial class GpuFrame : IGpuLauncher
{
    private GpuMemory? splits;

    /// <summary>The number of parts that the rows of products are reduced in.</summary>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <returns>The number of blocks that <see cref="IGpuEpilogue{TSums}.End"/> is called for; at least one.</returns>
    public int ProductParts(int batch, int m, int n, int k) => Plan(batch, m, n, k).Parts;

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
        Multiply<NoPrologue, TEpilogue, TSums>(default, epilogue, batch, m, n, k, a, transposeA, b, transposeB);

    /// <summary>Runs matrix products [m, k] · [k, n] whose left factors are made of what lies in memory as they are read.</summary>
    /// <param name="prologue">How the left factors come from what lies in memory.</param>
    /// <param name="epilogue">What is done with every element of the products.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">What the left factors are made of.</param>
    /// <param name="transposeA">Whether it is stored as [k, m].</param>
    /// <param name="b">The right factors.</param>
    /// <param name="transposeB">Whether they are stored as [n, k].</param>
    public void Multiply<TPrologue, TEpilogue>(
        in TPrologue prologue, in TEpilogue epilogue, int batch, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
        where TPrologue : struct, IGpuPrologue
        where TEpilogue : struct, IGpuEpilogue =>
        Multiply<TPrologue, WithoutSums<TEpilogue>, WithoutSums<TEpilogue>.None>(prologue, new(epilogue), batch, m, n, k, a, transposeA, b, transposeB);

    /// <summary>The same with an epilogue that reduces over the rows.</summary>
    /// <param name="prologue">How the left factors come from what lies in memory.</param>
    /// <param name="epilogue">What is done with every element of the products.</param>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">The rows of each.</param>
    /// <param name="n">The columns of each.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="a">What the left factors are made of.</param>
    /// <param name="transposeA">Whether it is stored as [k, m].</param>
    /// <param name="b">The right factors.</param>
    /// <param name="transposeB">Whether they are stored as [n, k].</param>
    public void Multiply<TPrologue, TEpilogue, TSums>(
        in TPrologue prologue, in TEpilogue epilogue, int batch, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
        where TPrologue : struct, IGpuPrologue
        where TEpilogue : struct, IGpuEpilogue<TSums>
        where TSums : unmanaged
    {
        GpuProductPlan plan = Plan(batch, m, n, k);
        GpuBuffer<float> parts = plan.Scratch > 0 ? Grow(ref splits, plan.Scratch, "split sums of products") : default;
        GpuProducts.Launch<GpuFrame, TPrologue, NoPrologue, TEpilogue, TSums>(this, plan, prologue, default, epilogue, a, transposeA, b, transposeB, parts);
    }

    /// <inheritdoc/>
    void IGpuLauncher.Launch<TArguments>(GpuKernel<TArguments> kernel, int groupsX, int groupsY, int threads, in TArguments arguments) =>
        Launch(kernel, groupsX, groupsY, threads, arguments);

    private GpuProductPlan Plan(int batch, int m, int n, int k)
    {
        GpuGrid.Checked((long)batch * m * k, Name);
        GpuGrid.Checked((long)batch * k * n, Name);
        GpuGrid.Checked((long)batch * m * n, Name);
        return GpuProductPlan.Of(batch, m, n, k, Capabilities);
    }
}
