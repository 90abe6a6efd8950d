using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A team that exchanges registers within warps of 32 threads, and only what is left of each warp through shared memory.</summary>
/// <remarks>Of a sum's two halves each thread adds the other's to its own; addition commutes, so that all get the same bits.</remarks>
internal readonly struct WarpTeam(ArrayView<float> shared, int lanes) : IGpuTeam
{
    /// <summary>The number of threads in a warp that this is written for.</summary>
    public const int Threads = 32;

    private readonly ArrayView<float> shared = shared;
    private readonly int lanes = lanes;

    public int Lane => Group.IdxX & (lanes - 1);

    public int Lanes => lanes;

    public int Team => Group.IdxX / lanes;

    public int Teams => Group.DimX / lanes;

    public float Sum(float value)
    {
        float sum = value;
        for (int distance = WithinWarp >> 1; distance > 0; distance >>= 1)
        {
            sum += Warp.ShuffleXor(sum, distance);
        }

        if (lanes <= Threads)
        {
            return sum;
        }

        int warp = Share(sum);
        float total = shared[warp];
        for (int other = 1; other < lanes / Threads; other++)
        {
            total += shared[warp + other];
        }

        return total;
    }

    public float Max(float value)
    {
        float largest = value;
        for (int distance = WithinWarp >> 1; distance > 0; distance >>= 1)
        {
            largest = GpuMath.Max(largest, Warp.ShuffleXor(largest, distance));
        }

        if (lanes <= Threads)
        {
            return largest;
        }

        int warp = Share(largest);
        float total = shared[warp];
        for (int other = 1; other < lanes / Threads; other++)
        {
            total = GpuMath.Max(total, shared[warp + other]);
        }

        return total;
    }

    public void Wait() => GpuBarrier.Wait();

    private int WithinWarp => lanes < Threads ? lanes : Threads;

    /// <summary>Leaves every warp's value in shared memory.</summary>
    /// <returns>The place of the team's first warp.</returns>
    private int Share(float value)
    {
        GpuBarrier.Wait();
        if ((Group.IdxX & (Threads - 1)) == 0)
        {
            shared[Group.IdxX / Threads] = value;
        }

        GpuBarrier.Wait();
        return (Group.IdxX - Lane) / Threads;
    }
}
