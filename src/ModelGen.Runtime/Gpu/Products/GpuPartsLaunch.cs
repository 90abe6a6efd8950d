namespace ModelGen.Gpu;

/// <summary>The launch of a product whose columns are equal parts. Every step makes one more of the kernel's type arguments known, so that only kernels that run are made.</summary>
internal readonly struct GpuPartsLaunch<TLauncher, TEpilogue>(TLauncher launcher, in GpuProductPlan plan, in TEpilogue epilogue, GpuBuffer<float> a, GpuBuffer<float> b)
    where TLauncher : IGpuLauncher
    where TEpilogue : struct, IGpuPartsEpilogue
{
    private readonly TLauncher launcher = launcher;
    private readonly GpuProductPlan plan = plan;
    private readonly TEpilogue epilogue = epilogue;
    private readonly GpuBuffer<float> a = a;
    private readonly GpuBuffer<float> b = b;

    private int Width => plan.N / TEpilogue.Parts;

    /// <summary>Starts the kernel.</summary>
    /// <param name="transposeA">Whether the left factor is stored as [k, m].</param>
    /// <param name="transposeB">Whether the right one is stored as [n, k].</param>
    public void Start(bool transposeA, bool transposeB)
    {
        // Four columns of a factor that lies as [k, n] must be of one part.
        bool fourA = GpuProducts.IsInFours(a, transposeA ? plan.M : plan.K, plan), fourB = GpuProducts.IsInFours(b, transposeB ? plan.K : Width, plan);
        if (transposeA && fourA)
        {
            WithA<AcrossLines4>(transposeB, fourB);
        }
        else if (transposeA)
        {
            WithA<AcrossLines1>(transposeB, fourB);
        }
        else if (fourA)
        {
            WithA<AlongDepth4>(transposeB, fourB);
        }
        else
        {
            WithA<AlongDepth1>(transposeB, fourB);
        }
    }

    private void WithA<TLayoutA>(bool transposeB, bool fourB)
        where TLayoutA : struct, IGpuLayout
    {
        GpuFactor<TLayoutA, NoPrologue> left = new(default, a.View, plan.M, plan.K);
        if (transposeB && fourB)
        {
            WithB<GpuFactor<TLayoutA, NoPrologue>, AlongDepth4>(left);
        }
        else if (transposeB)
        {
            WithB<GpuFactor<TLayoutA, NoPrologue>, AlongDepth1>(left);
        }
        else if (fourB)
        {
            WithB<GpuFactor<TLayoutA, NoPrologue>, AcrossLines4>(left);
        }
        else
        {
            WithB<GpuFactor<TLayoutA, NoPrologue>, AcrossLines1>(left);
        }
    }

    private void WithB<TA, TLayoutB>(in TA left)
        where TA : struct, IGpuFactor
        where TLayoutB : struct, IGpuLayout
    {
        GpuFactor<TLayoutB, NoPrologue> right = new(default, b.View, plan.N, plan.K);
        switch (plan.Tile)
        {
            case GpuProductTile.Large:
                StartTiles<LargeTile, TA, GpuFactor<TLayoutB, NoPrologue>>(left, right);
                break;
            case GpuProductTile.Middle:
                StartTiles<MiddleTile, TA, GpuFactor<TLayoutB, NoPrologue>>(left, right);
                break;
            case GpuProductTile.Wide:
                StartTiles<WideTile, TA, GpuFactor<TLayoutB, NoPrologue>>(left, right);
                break;
            default:
                StartThreads(left, right);
                break;
        }
    }

    private void StartTiles<TTile, TA, TB>(in TA left, in TB right)
        where TTile : struct, IGpuTile<TTile>
        where TA : struct, IGpuFactor
        where TB : struct, IGpuFactor
    {
        GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfTile<TTile, TEpilogue>>, TEpilogue> arguments = new(epilogue, left, new(right, Width), plan.Grid);
        GpuProducts.Start(launcher, GpuTileParts<TTile, TA, TB, TEpilogue>.Kernel, plan.Tiles, GpuTiles.Threads, arguments);
    }

    private void StartThreads<TA, TB>(in TA left, in TB right)
        where TA : struct, IGpuFactor
        where TB : struct, IGpuFactor
    {
        GpuProductArguments<TA, GpuPartsFactor<TB, PartsOfThread<TEpilogue>>, TEpilogue> arguments = new(epilogue, left, new(right, Width), plan.Grid);
        GpuProducts.Start(launcher, GpuThreadParts<TA, TB, TEpilogue>.Kernel, plan.Tiles, 1, arguments);
    }
}
