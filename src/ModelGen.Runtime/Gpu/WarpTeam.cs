using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A team that exchanges registers within warps of 32 threads, and only what is left of each warp through shared memory.</summary>
/// <remarks>Of two halves each thread combines the other's with its own; every reduction commutes, so that all get the same bits.</remarks>
internal readonly struct WarpTeam(ArrayView<float> shared, int lanes) : IGpuTeam
{
    /// <summary>The number of threads in a warp that this is written for.</summary>
    public const int Threads = 32;

    private readonly ArrayView<float> shared = shared;
    private readonly int lanes = lanes;

    public int Lane => TeamPlace.Lane(lanes);

    public int Lanes => lanes;

    public int Team => TeamPlace.Team(lanes);

    public int Teams => TeamPlace.Teams(lanes);

    private int WithinWarp => lanes < Threads ? lanes : Threads;

    public float Sum(float value) => Reduce<TeamSum>(value);

    public float Product(float value) => Reduce<TeamProduct>(value);

    public float Max(float value) => Reduce<TeamMax>(value);

    public void Wait() => GpuBarrier.Wait();

    private float Reduce<TReduction>(float value)
        where TReduction : struct, ITeamReduction
    {
        float result = value;
        for (int distance = WithinWarp >> 1; distance > 0; distance >>= 1)
        {
            result = TReduction.Combine(result, Warp.ShuffleXor(result, distance));
        }

        if (lanes <= Threads)
        {
            return result;
        }

        int warp = Share(result);
        float total = shared[warp];
        for (int other = 1; other < lanes / Threads; other++)
        {
            total = TReduction.Combine(total, shared[warp + other]);
        }

        return total;
    }

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
