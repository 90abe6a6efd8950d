using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Adds up squares: each thread group those of its part of the values, in an order that depends on the numbers of values and groups only.</summary>
internal static class GpuSquares
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuSquares));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        SharedTeam team = new(shared, GpuRows.ThreadsPerGroup);
        int first = (int)((long)Grid.IdxX * arguments.Count / Grid.DimX);
        int end = (int)((Grid.IdxX + 1L) * arguments.Count / Grid.DimX);
        float sum = 0f;
        for (int index = first + team.Lane; index < end; index += team.Lanes)
        {
            float value = arguments.Values[index];
            sum += value * value;
        }

        sum = team.Sum(sum);
        if (team.Lane == 0)
        {
            arguments.Parts[Grid.IdxX] = sum;
        }
    }

    public readonly struct Arguments(GpuBuffer<float> values, int count, GpuBuffer<float> parts)
    {
        public readonly GpuBuffer<float> Values = values;
        public readonly GpuBuffer<float> Parts = parts;
        public readonly int Count = count;
    }
}
