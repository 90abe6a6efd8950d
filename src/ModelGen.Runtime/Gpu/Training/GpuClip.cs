using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Adds up what <see cref="GpuSquares"/> left and makes it the factor that clips gradients: PyTorch's <c>clip_grad_norm_</c>.</summary>
/// <remarks>Squares are added up in float, in a tree: the factor differs from an exact one by about 10⁻⁶ of it.</remarks>
internal static class GpuClip
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuClip));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> shared = SharedMemory.Allocate<float>(GpuRows.ThreadsPerGroup);
        SharedTeam team = new(shared, GpuRows.ThreadsPerGroup);
        float squares = 0f;
        for (int part = team.Lane; part < arguments.Count; part += team.Lanes)
        {
            squares += arguments.Parts[part];
        }

        squares = team.Sum(squares);
        if (team.Lane == 0)
        {
            GpuTrainingStatus status = arguments.Status;
            status.SetScale(GpuMath.Min(1f, arguments.Limit / (GpuMath.Sqrt(squares) + 1e-6f)));
        }
    }

    public readonly struct Arguments(GpuBuffer<float> parts, int count, float limit, GpuTrainingStatus status)
    {
        public readonly GpuBuffer<float> Parts = parts;
        public readonly GpuTrainingStatus Status = status;
        public readonly int Count = count;
        public readonly float Limit = limit;
    }
}
