using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Between the passes of a layerwise update, a thread group for each tensor: makes of its chunks' squares how far it goes.</summary>
internal static class GpuLayerwiseSteps<TRule>
    where TRule : struct, ILayerwiseRule
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TRule));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        SharedTeam team = new(shared, GpuRows.ThreadsPerGroup);
        if (arguments.Status.Stops())
        {
            return;
        }

        TRule rule = GpuRule.To<TRule>(arguments.Rule);
        for (int tensor = Grid.IdxX; tensor < arguments.Tensors; tensor += Grid.DimX)
        {
            float values = 0f;
            float directions = 0f;
            int end = arguments.FirstChunks[tensor + 1];
            for (int chunk = arguments.FirstChunks[tensor] + team.Lane; chunk < end; chunk += team.Lanes)
            {
                values += arguments.Squares[2 * chunk];
                directions += arguments.Squares[(2 * chunk) + 1];
            }

            values = team.Sum(values);
            directions = team.Sum(directions);
            if (team.Lane == 0)
            {
                arguments.Steps[tensor] = rule.Step(GpuMath.Sqrt(values), GpuMath.Sqrt(directions));
            }
        }
    }

    public readonly struct Arguments(
        in GpuRule rule, in GpuTrainingStatus status, GpuBuffer<int> firstChunks, GpuBuffer<float> squares, GpuBuffer<float> steps, int tensors)
    {
        public readonly GpuRule Rule = rule;
        public readonly GpuTrainingStatus Status = status;
        public readonly GpuBuffer<int> FirstChunks = firstChunks;
        public readonly GpuBuffer<float> Squares = squares;
        public readonly GpuBuffer<float> Steps = steps;
        public readonly int Tensors = tensors;
    }
}
