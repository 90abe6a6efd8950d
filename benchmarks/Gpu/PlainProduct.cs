using ILGPU;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>The plain product that ours is measured against: tiles of 16 × 16 in shared memory, an element for each thread.</summary>
internal static class PlainProduct
{
    public const int Tile = 16;

    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(PlainProduct));

    private static void Run(Arguments arguments)
    {
        ArrayView<float> a = SharedMemory.Allocate<float>(Tile * Tile);
        ArrayView<float> b = SharedMemory.Allocate<float>(Tile * Tile);
        int x = Group.IdxX % Tile, y = Group.IdxX / Tile;
        int column = (Grid.IdxX * Tile) + x, row = (Grid.IdxY * Tile) + y;
        float sum = 0f;
        for (int k = 0; k < arguments.K; k += Tile)
        {
            a[(y * Tile) + x] = row < arguments.M && k + x < arguments.K ? arguments.A[(row * arguments.K) + k + x] : 0f;
            b[(y * Tile) + x] = k + y < arguments.K && column < arguments.N ? arguments.B[((k + y) * arguments.N) + column] : 0f;
            GpuBarrier.Wait();
            for (int i = 0; i < Tile; i++)
            {
                sum += a[(y * Tile) + i] * b[(i * Tile) + x];
            }

            GpuBarrier.Wait();
        }

        if (row < arguments.M && column < arguments.N)
        {
            arguments.Product[(row * arguments.N) + column] = sum;
        }
    }

    public readonly struct Arguments(int m, int n, int k, GpuBuffer<float> a, GpuBuffer<float> b, GpuBuffer<float> product)
    {
        public readonly int M = m;
        public readonly int N = n;
        public readonly int K = k;
        public readonly GpuBuffer<float> A = a;
        public readonly GpuBuffer<float> B = b;
        public readonly GpuBuffer<float> Product = product;
    }
}
