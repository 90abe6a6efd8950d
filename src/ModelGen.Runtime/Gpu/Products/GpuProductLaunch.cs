namespace ModelGen.Gpu;

/// <summary>One launch of a batch of products. Every step makes one more of the kernel's type arguments known, so that only kernels that run are made.</summary>
internal readonly struct GpuProductLaunch<TLauncher, TPrologueA, TPrologueB, TEpilogue, TSums>(
    TLauncher launcher,
    in GpuProductPlan plan,
    in TPrologueA prologueA,
    in TPrologueB prologueB,
    in TEpilogue epilogue,
    GpuBuffer<float> a,
    GpuBuffer<float> b,
    GpuBuffer<float> scratch)
    where TLauncher : IGpuLauncher
    where TPrologueA : struct, IGpuPrologue
    where TPrologueB : struct, IGpuPrologue
    where TEpilogue : struct, IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    private readonly TLauncher launcher = launcher;
    private readonly GpuProductPlan plan = plan;
    private readonly TPrologueA prologueA = prologueA;
    private readonly TPrologueB prologueB = prologueB;
    private readonly TEpilogue epilogue = epilogue;
    private readonly GpuBuffer<float> a = a;
    private readonly GpuBuffer<float> b = b;
    private readonly GpuBuffer<float> scratch = scratch;

    public void WithA<TLayoutA>(bool transposeB, bool fourB)
        where TLayoutA : struct, IGpuLayout
    {
        if (transposeB && fourB)
        {
            WithB<TLayoutA, AlongDepth4>();
        }
        else if (transposeB)
        {
            WithB<TLayoutA, AlongDepth1>();
        }
        else if (fourB)
        {
            WithB<TLayoutA, AcrossLines4>();
        }
        else
        {
            WithB<TLayoutA, AcrossLines1>();
        }
    }

    private void WithB<TLayoutA, TLayoutB>()
        where TLayoutA : struct, IGpuLayout
        where TLayoutB : struct, IGpuLayout
    {
        GpuFactor<TLayoutA, TPrologueA> left = new(prologueA, a.View, plan.M, plan.K);
        GpuFactor<TLayoutB, TPrologueB> right = new(prologueB, b.View, plan.N, plan.K);
        if (plan.Splits == 1)
        {
            Start<GpuFactor<TLayoutA, TPrologueA>, GpuFactor<TLayoutB, TPrologueB>, TEpilogue, TSums>(left, right, epilogue);
        }
        else
        {
            Start<GpuFactor<TLayoutA, TPrologueA>, GpuFactor<TLayoutB, TPrologueB>, WithoutSums<SplitEpilogue>, WithoutSums<SplitEpilogue>.None>(
                left, right, new(new SplitEpilogue(scratch, plan.N)));
            AddSplits();
        }
    }

    private void AddSplits()
    {
        GpuSplitSums<TEpilogue, TSums>.Arguments arguments = new(epilogue, scratch, plan.Batch, plan.M, plan.N, plan.Splits);
        GpuProducts.Start(launcher, GpuSplitSums<TEpilogue, TSums>.Kernel, arguments.Blocks, GpuTiles.Threads, arguments);
    }

    private void Start<TA, TB, TEnd, TEndSums>(in TA left, in TB right, in TEnd end)
        where TA : struct, IGpuFactor
        where TB : struct, IGpuFactor
        where TEnd : struct, IGpuEpilogue<TEndSums>
        where TEndSums : unmanaged
    {
        GpuProductArguments<TA, TB, TEnd> arguments = new(end, left, right, plan.Grid);
        switch (plan.Tile)
        {
            case GpuProductTile.Large:
                StartTiles<LargeTile, TA, TB, TEnd, TEndSums>(arguments);
                break;
            case GpuProductTile.Middle:
                StartTiles<MiddleTile, TA, TB, TEnd, TEndSums>(arguments);
                break;
            case GpuProductTile.Tall:
                StartTiles<TallTile, TA, TB, TEnd, TEndSums>(arguments);
                break;
            case GpuProductTile.Wide:
                StartTiles<WideTile, TA, TB, TEnd, TEndSums>(arguments);
                break;
            default:
                StartThreads<TA, TB, TEnd, TEndSums>(arguments);
                break;
        }
    }

    private void StartTiles<TTile, TA, TB, TEnd, TEndSums>(in GpuProductArguments<TA, TB, TEnd> arguments)
        where TTile : struct, IGpuTile<TTile>
        where TA : struct, IGpuFactor
        where TB : struct, IGpuFactor
        where TEnd : struct, IGpuEpilogue<TEndSums>
        where TEndSums : unmanaged =>
        GpuProducts.Start(launcher, GpuTileProduct<TTile, TA, TB, TEnd, TEndSums>.Kernel, plan.Tiles, GpuTiles.Threads, arguments);

    private void StartThreads<TA, TB, TEnd, TEndSums>(in GpuProductArguments<TA, TB, TEnd> arguments)
        where TA : struct, IGpuFactor
        where TB : struct, IGpuFactor
        where TEnd : struct, IGpuEpilogue<TEndSums>
        where TEndSums : unmanaged =>
        GpuProducts.Start(launcher, GpuThreadProduct<TA, TB, TEnd, TEndSums>.Kernel, plan.Tiles, 1, arguments);
}
