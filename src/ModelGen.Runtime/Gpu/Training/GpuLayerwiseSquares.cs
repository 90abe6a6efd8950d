using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The first pass of a layerwise update, a thread group for each chunk: renews what is remembered and adds up squares.</summary>
internal static class GpuLayerwiseSquares<TRule>
    where TRule : struct, ILayerwiseRule
{
    public static readonly GpuKernel<GpuLayerwiseArguments> Kernel = new(Run, typeof(TRule));

    private static void Run(GpuLayerwiseArguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        SharedTeam team = new(shared, GpuRows.ThreadsPerGroup);
        GpuUpdateMemory memory = arguments.Memory;
        if (memory.Status.Stops())
        {
            return;
        }

        TRule rule = GpuRule.To<TRule>(arguments.Rule);
        for (int chunk = Grid.IdxX; chunk < memory.Count; chunk += Grid.DimX)
        {
            float values = 0f;
            float directions = 0f;
            int end = arguments.Table.End(chunk);
            for (int index = arguments.Table.Start(chunk) + team.Lane; index < end; index += team.Lanes)
            {
                GpuLane parameter = new(memory.Parameters[index]);
                GpuLane first = new(memory.First[index]);
                GpuLane second = new(memory.Second[index]);
                rule.Remember(memory.Clipped(index), ref first, ref second);
                memory.First[index] = first.Value;
                memory.Second[index] = second.Value;
                float direction = rule.Direction(parameter, first, second).Value;
                values += parameter.Value * parameter.Value;
                directions += direction * direction;
            }

            values = team.Sum(values);
            directions = team.Sum(directions);
            if (team.Lane == 0)
            {
                arguments.Table.Leave(chunk, values, directions);
            }
        }
    }
}

/// <summary>The arguments of both passes over the values; the memory counts chunks.</summary>
internal readonly struct GpuLayerwiseArguments(in GpuRule rule, in GpuUpdateMemory memory, in GpuLayerwiseTable table)
{
    public readonly GpuRule Rule = rule;
    public readonly GpuLayerwiseTable Table = table;
    public readonly GpuUpdateMemory Memory = memory;
}
