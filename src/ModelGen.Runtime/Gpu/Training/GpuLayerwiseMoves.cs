using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The second pass of a layerwise update, a thread group for each chunk: takes the steps.</summary>
internal static class GpuLayerwiseMoves<TRule>
    where TRule : struct, ILayerwiseRule
{
    public static readonly GpuKernel<GpuLayerwiseArguments> Kernel = new(Run, typeof(TRule));

    private static void Run(GpuLayerwiseArguments arguments)
    {
        GpuUpdateMemory memory = arguments.Memory;
        if (memory.Status.Stops())
        {
            return;
        }

        TRule rule = GpuRule.To<TRule>(arguments.Rule);
        for (int chunk = Grid.IdxX; chunk < memory.Count; chunk += Grid.DimX)
        {
            GpuLane step = new(arguments.Table.Step(chunk));
            int end = arguments.Table.End(chunk);
            for (int index = arguments.Table.Start(chunk) + Group.IdxX; index < end; index += Group.DimX)
            {
                GpuLane parameter = new(memory.Parameters[index]);
                GpuLane direction = rule.Direction(parameter, new(memory.First[index]), new(memory.Second[index]));
                memory.Parameters[index] = GpuLane.MultiplyAdd(step, direction, parameter).Value;
            }
        }
    }
}
