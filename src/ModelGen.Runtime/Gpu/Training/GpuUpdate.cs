using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The pass of an <see cref="IUpdateRule"/> over a device's memory: what <see cref="UpdateKernel{TRule}"/> is for processors.</summary>
internal static class GpuUpdate<TRule>
    where TRule : struct, IUpdateRule
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TRule));

    private static void Run(Arguments arguments)
    {
        GpuUpdateMemory memory = arguments.Memory;
        if (memory.Status.Stops())
        {
            return;
        }

        TRule rule = GpuRule.To<TRule>(arguments.Rule);
        int step = Grid.DimX * Group.DimX;
        for (int index = (Grid.IdxX * Group.DimX) + Group.IdxX; index < memory.Count; index += step)
        {
            GpuLane parameter = new(memory.Parameters[index]);
            GpuLane first = TRule.Slots > 0 ? new(memory.First[index]) : GpuLane.Zero;
            GpuLane second = TRule.Slots > 1 ? new(memory.Second[index]) : GpuLane.Zero;
            GpuLane third = TRule.Slots > 2 ? new(memory.Third[index]) : GpuLane.Zero;
            rule.Apply(ref parameter, memory.Clipped(index), ref first, ref second, ref third);
            if (TRule.Slots > 0)
            {
                memory.First[index] = first.Value;
            }

            if (TRule.Slots > 1)
            {
                memory.Second[index] = second.Value;
            }

            if (TRule.Slots > 2)
            {
                memory.Third[index] = third.Value;
            }

            memory.Parameters[index] = parameter.Value;
        }
    }

    public readonly struct Arguments(in GpuRule rule, in GpuUpdateMemory memory)
    {
        public readonly GpuRule Rule = rule;
        public readonly GpuUpdateMemory Memory = memory;
    }
}

/// <summary>The memory that a pass works on, and how gradients are clipped as they are read: <c>clamp(scale · g, −limit, limit)</c>.</summary>
internal readonly record struct GpuUpdateMemory
{
    public GpuTrainingStatus Status { get; init; }

    public GpuBuffer<float> Parameters { get; init; }

    public GpuBuffer<float> Gradients { get; init; }

    public GpuBuffer<float> First { get; init; }

    public GpuBuffer<float> Second { get; init; }

    public GpuBuffer<float> Third { get; init; }

    /// <summary>Gets 1 where the factor is that of the status, 0 where it is 1.</summary>
    public int IsScaled { get; init; }

    public float Limit { get; init; }

    public int Count { get; init; }

    /// <summary>In a kernel: a gradient as it counts.</summary>
    public GpuLane Clipped(int index)
    {
        GpuLane limit = new(Limit);
        GpuLane gradient = new GpuLane(Gradients[index]) * new GpuLane(IsScaled != 0 ? Status.Scale() : 1f);
        return GpuLane.Max(GpuLane.Min(gradient, limit), -limit);
    }
}
