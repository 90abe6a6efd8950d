using System;

namespace ModelGen.Gpu;

/// <summary>Starts the kernels of matrix products.</summary>
internal static class GpuProducts
{
    private const int MostTilesAcross = 1 << 20;

    /// <summary>Runs a batch of products whose epilogue has no reductions.</summary>
    public static void Launch<TLauncher, TEpilogue>(
        TLauncher launcher, in GpuProductPlan plan, in TEpilogue epilogue, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB, GpuBuffer<float> scratch)
        where TLauncher : IGpuLauncher
        where TEpilogue : struct, IGpuEpilogue =>
        Launch<TLauncher, WithoutSums<TEpilogue>, WithoutSums<TEpilogue>.None>(launcher, plan, new(epilogue), a, transposeA, b, transposeB, scratch);

    /// <summary>Runs a batch of products.</summary>
    /// <param name="launcher">Starts kernels.</param>
    /// <param name="plan">How the products are divided.</param>
    /// <param name="epilogue">What is done with every element.</param>
    /// <param name="a">The left factors, one after another.</param>
    /// <param name="transposeA">Whether they are stored as [k, m].</param>
    /// <param name="b">The right factors.</param>
    /// <param name="transposeB">Whether they are stored as [n, k].</param>
    /// <param name="scratch">At least <see cref="GpuProductPlan.Scratch"/> floats.</param>
    public static void Launch<TLauncher, TEpilogue, TSums>(
        TLauncher launcher, in GpuProductPlan plan, in TEpilogue epilogue, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB, GpuBuffer<float> scratch)
        where TLauncher : IGpuLauncher
        where TEpilogue : struct, IGpuEpilogue<TSums>
        where TSums : unmanaged =>
        Launch<TLauncher, NoPrologue, NoPrologue, TEpilogue, TSums>(launcher, plan, default, default, epilogue, a, transposeA, b, transposeB, scratch);

    /// <summary>Runs a batch of products whose factors are changed as they are read.</summary>
    public static void Launch<TLauncher, TPrologueA, TPrologueB, TEpilogue, TSums>(
        TLauncher launcher,
        in GpuProductPlan plan,
        in TPrologueA prologueA,
        in TPrologueB prologueB,
        in TEpilogue epilogue,
        GpuBuffer<float> a,
        bool transposeA,
        GpuBuffer<float> b,
        bool transposeB,
        GpuBuffer<float> scratch)
        where TLauncher : IGpuLauncher
        where TPrologueA : struct, IGpuPrologue
        where TPrologueB : struct, IGpuPrologue
        where TEpilogue : struct, IGpuEpilogue<TSums>
        where TSums : unmanaged
    {
        GpuProductLaunch<TLauncher, TPrologueA, TPrologueB, TEpilogue, TSums> launch = new(launcher, plan, prologueA, prologueB, epilogue, a, b, scratch);
        bool fourA = IsInFours(a, transposeA ? plan.M : plan.K, plan), fourB = IsInFours(b, transposeB ? plan.K : plan.N, plan);
        if (transposeA && fourA)
        {
            launch.WithA<AcrossLines4>(transposeB, fourB);
        }
        else if (transposeA)
        {
            launch.WithA<AcrossLines1>(transposeB, fourB);
        }
        else if (fourA)
        {
            launch.WithA<AlongDepth4>(transposeB, fourB);
        }
        else
        {
            launch.WithA<AlongDepth1>(transposeB, fourB);
        }
    }

    /// <summary>Starts so many groups, in two dimensions where one has too few numbers.</summary>
    public static void Start<TLauncher, TArguments>(TLauncher launcher, GpuKernel<TArguments> kernel, int groups, int threads, in TArguments arguments)
        where TLauncher : IGpuLauncher
        where TArguments : struct
    {
        int across = Math.Min(groups, MostTilesAcross);
        launcher.Launch(kernel, across, GpuGrid.Blocks(groups, across), threads, arguments);
    }

    /// <summary>Whether every line and every matrix of a factor begins at a multiple of 16 bytes, and threads by the group want to know.</summary>
    public static bool IsInFours(GpuBuffer<float> factor, int line, in GpuProductPlan plan) =>
        plan.Tile != GpuProductTile.Thread && line % 4 == 0 && factor.Start % 4 == 0;
}
