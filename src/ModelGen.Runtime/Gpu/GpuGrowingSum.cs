using ILGPU;

namespace ModelGen.Gpu;

/// <summary>The kernel of sums that grow along the middle axis of <c>[outer, length, inner]</c>: a thread goes down a column, and then those as many as there are threads further on.</summary>
internal static class GpuGrowingSum
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(GpuGrowingSum));

    private static void Run(Arguments arguments)
    {
        int threads = Grid.DimX * Group.DimX;
        int step = arguments.Step * arguments.Inner;
        for (int column = (Grid.IdxX * Group.DimX) + Group.IdxX; column < arguments.Columns; column += threads)
        {
            int table = column / arguments.Inner;
            int place = (((table * arguments.Length) + arguments.First) * arguments.Inner) + (column % arguments.Inner);
            float sum = 0f;
            for (int count = 0; count < arguments.Length; count++)
            {
                sum += arguments.X[place];
                arguments.Y[place] = sum;
                place += step;
            }
        }
    }

    public readonly struct Arguments(int columns, int length, int inner, int first, int step, GpuBuffer<float> x, GpuBuffer<float> y)
    {
        public readonly int Columns = columns;
        public readonly int Length = length;
        public readonly int Inner = inner;
        public readonly int First = first;
        public readonly int Step = step;
        public readonly int Padding;
        public readonly GpuBuffer<float> X = x;
        public readonly GpuBuffer<float> Y = y;
    }
}
