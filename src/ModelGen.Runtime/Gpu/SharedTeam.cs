using ILGPU;

namespace ModelGen.Gpu;

/// <summary>A team that reduces through shared memory, which every device can do.</summary>
internal readonly struct SharedTeam(ArrayView<float> shared, int lanes) : IGpuTeam
{
    private readonly ArrayView<float> shared = shared;
    private readonly int lanes = lanes;

    public int Lane => Group.IdxX & (lanes - 1);

    public int Lanes => lanes;

    public int Team => Group.IdxX / lanes;

    public int Teams => Group.DimX / lanes;

    public float Sum(float value)
    {
        int thread = Group.IdxX;
        GpuBarrier.Wait();
        shared[thread] = value;
        GpuBarrier.Wait();
        for (int distance = lanes >> 1; distance > 0; distance >>= 1)
        {
            if (Lane < distance)
            {
                shared[thread] += shared[thread + distance];
            }

            GpuBarrier.Wait();
        }

        return shared[thread - Lane];
    }

    public float Max(float value)
    {
        int thread = Group.IdxX;
        GpuBarrier.Wait();
        shared[thread] = value;
        GpuBarrier.Wait();
        for (int distance = lanes >> 1; distance > 0; distance >>= 1)
        {
            if (Lane < distance)
            {
                shared[thread] = GpuMath.Max(shared[thread], shared[thread + distance]);
            }

            GpuBarrier.Wait();
        }

        return shared[thread - Lane];
    }

    public void Wait() => GpuBarrier.Wait();
}
