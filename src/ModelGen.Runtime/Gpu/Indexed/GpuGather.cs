using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel that copies what lies at indices: a thread copies an element, and then those as many as there are threads further on.</summary>
internal static class GpuGather<TIndices>
    where TIndices : struct, IGpuIndices
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuGather<TIndices>));

    private static void Run(Arguments arguments)
    {
        GpuIndexedSizes sizes = arguments.Sizes;
        int step = Grid.DimX * Group.DimX;
        for (int index = (Grid.IdxX * Group.DimX) + Group.IdxX; index < arguments.Elements; index += step)
        {
            int column = index % sizes.Inner;
            int row = index / sizes.Inner;
            int batch = row / sizes.Count;
            int from = arguments.Indices.At(sizes.PlaceOf(batch, row % sizes.Count, column));
            arguments.Y[index] = arguments.X[(((batch * sizes.Size) + from) * sizes.Inner) + column];
        }
    }

    public readonly struct Arguments(GpuIndexedSizes sizes, int elements, GpuBuffer<float> x, TIndices indices, GpuBuffer<float> y)
    {
        public readonly GpuIndexedSizes Sizes = sizes;
        public readonly int Elements = elements;
        public readonly int Padding;
        public readonly GpuBuffer<float> X = x;
        public readonly TIndices Indices = indices;
        public readonly GpuBuffer<float> Y = y;
    }
}
