using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A team that reduces through shared memory, which every device can do.</summary>
internal readonly struct SharedTeam(ArrayView<float> shared, int lanes) : IGpuTeam
{
    private readonly ArrayView<float> shared = shared;
    private readonly int lanes = lanes;

    public int Lane => TeamPlace.Lane(lanes);

    public int Lanes => lanes;

    public int Team => TeamPlace.Team(lanes);

    public int Teams => TeamPlace.Teams(lanes);

    public float Sum(float value) => Reduce<TeamSum>(value);

    public float Product(float value) => Reduce<TeamProduct>(value);

    public float Max(float value) => Reduce<TeamMax>(value);

    public void Wait() => GpuBarrier.Wait();

    private float Reduce<TReduction>(float value)
        where TReduction : struct, ITeamReduction
    {
        int thread = Group.IdxX;
        ref float own = ref shared[thread];
        GpuBarrier.Wait();
        own = value;
        GpuBarrier.Wait();
        for (int distance = lanes >> 1; distance > 0; distance >>= 1)
        {
            if (Lane < distance)
            {
                own = TReduction.Combine(own, shared[thread + distance]);
            }

            GpuBarrier.Wait();
        }

        return shared[thread - Lane];
    }
}
