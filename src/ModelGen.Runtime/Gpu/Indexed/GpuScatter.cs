using ILGPU;

namespace ModelGen.Gpu;

/// <summary>
/// The kernel that brings elements to indices. A thread owns some rows of one column of the result and looks through all indices for those that lead to them, in
/// ascending order: so every element receives what comes to it in the same order, without atomic operations.
/// </summary>
internal static class GpuScatter<TIndices>
    where TIndices : struct, IGpuIndices
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuScatter<TIndices>));

    private static void Run(Arguments arguments)
    {
        GpuIndexedSizes sizes = arguments.Sizes;
        int work = sizes.Batch * arguments.Parts * sizes.Inner;
        int step = Grid.DimX * Group.DimX;
        for (int index = (Grid.IdxX * Group.DimX) + Group.IdxX; index < work; index += step)
        {
            int column = index % sizes.Inner;
            int part = index / sizes.Inner;
            int batch = part / arguments.Parts;
            int first = part % arguments.Parts * arguments.RowsPerPart;
            int end = first + arguments.RowsPerPart;
            Scatter(arguments, batch, column, first, end < sizes.Size ? end : sizes.Size);
        }
    }

    private static void Scatter(Arguments arguments, int batch, int column, int first, int end)
    {
        GpuIndexedSizes sizes = arguments.Sizes;
        int table = (batch * sizes.Size * sizes.Inner) + column;
        for (int row = first; row < end; row++)
        {
            int place = table + (row * sizes.Inner);
            arguments.Y[place] = arguments.IsSum != 0 ? 0f : arguments.X[place];
        }

        int source = (batch * sizes.Count * sizes.Inner) + column;
        for (int from = 0; from < sizes.Count; from++)
        {
            int row = arguments.Indices.At(sizes.PlaceOf(batch, from, column));
            if (row >= first && row < end)
            {
                int place = table + (row * sizes.Inner);
                float coming = arguments.Source[source + (from * sizes.Inner)];
                arguments.Y[place] = arguments.IsSum != 0 ? arguments.Y[place] + coming : coming;
            }
        }
    }

    public readonly struct Arguments(
        GpuIndexedSizes sizes, int parts, int rowsPerPart, bool isSum, GpuBuffer<float> x, GpuBuffer<float> source, TIndices indices, GpuBuffer<float> y)
    {
        public readonly GpuIndexedSizes Sizes = sizes;
        public readonly int Parts = parts;
        public readonly int RowsPerPart = rowsPerPart;
        public readonly int IsSum = isSum ? 1 : 0;
        public readonly int Padding;
        public readonly GpuBuffer<float> X = x;
        public readonly GpuBuffer<float> Source = source;
        public readonly TIndices Indices = indices;
        public readonly GpuBuffer<float> Y = y;
    }
}
