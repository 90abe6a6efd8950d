using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Matrix products with what is fused behind them, a tile for each thread group.</summary>
internal static class GpuProducts<TEpilogue, TSums>
    where TEpilogue : struct, IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TEpilogue));

    private static void Run(Arguments arguments)
    {
        const int Tile = 16;
        ArrayView<float> a = SharedMemory.Allocate<float>(Tile * Tile);
        ArrayView<float> b = SharedMemory.Allocate<float>(Tile * Tile);
        ArrayView<TSums> shared = SharedMemory.Allocate<TSums>(Tile * Tile);
        TEpilogue epilogue = arguments.Epilogue;
        GpuProduct product = arguments.Product;
        int x = Group.IdxX % Tile;
        int y = Group.IdxX / Tile;
        int column = (Grid.IdxX * Tile) + x;
        int batch = Grid.IdxY / product.RowTiles;
        int row = ((Grid.IdxY % product.RowTiles) * Tile) + y;
        float sum = 0f;
        for (int k = 0; k < product.K; k += Tile)
        {
            a[(y * Tile) + x] = row < product.M && k + x < product.K ? product.ElementOfA(batch, row, k + x) : 0f;
            b[(y * Tile) + x] = k + y < product.K && column < product.N ? product.ElementOfB(batch, k + y, column) : 0f;
            GpuBarrier.Wait();
            for (int i = 0; i < Tile; i++)
            {
                sum += a[(y * Tile) + i] * b[(i * Tile) + x];
            }

            GpuBarrier.Wait();
        }

        TSums sums = epilogue.Begin();
        if (row < product.M && column < product.N)
        {
            epilogue.Apply((batch * product.M) + row, column, sum, ref sums);
        }

        shared[Group.IdxX] = sums;
        GpuBarrier.Wait();
        if (y == 0 && column < product.N)
        {
            for (int other = 1; other < Tile; other++)
            {
                epilogue.Combine(ref sums, shared[(other * Tile) + x]);
            }

            epilogue.End(Grid.IdxY, column, sums);
        }
    }

    public readonly struct Arguments(in TEpilogue epilogue, in GpuProduct product)
    {
        public readonly TEpilogue Epilogue = epilogue;
        public readonly GpuProduct Product = product;
    }
}

/// <summary>The factors of a matrix product [m, k] · [k, n], or of a batch of them.</summary>
internal readonly struct GpuProduct
{
    private readonly GpuBuffer<float> a;
    private readonly GpuBuffer<float> b;
    private readonly int transposeA;
    private readonly int transposeB;

    public GpuProduct(int batch, int m, int n, int k, GpuBuffer<float> a, bool transposeA, GpuBuffer<float> b, bool transposeB)
    {
        (Batch, M, N, K, this.a, this.b) = (batch, m, n, k, a, b);
        (this.transposeA, this.transposeB) = (transposeA ? 1 : 0, transposeB ? 1 : 0);
    }

    public int Batch { get; }

    public int M { get; }

    public int N { get; }

    public int K { get; }

    public int RowTiles => (M + 15) / 16;

    public float ElementOfA(int batch, int row, int k) => a[(batch * M * K) + (transposeA != 0 ? (k * M) + row : (row * K) + k)];

    public float ElementOfB(int batch, int k, int column) => b[(batch * K * N) + (transposeB != 0 ? (column * K) + k : (k * N) + column)];
}

/// <summary>An epilogue without reductions as one that has none to do.</summary>
internal readonly struct WithoutSums<TEpilogue>(TEpilogue epilogue) : IGpuEpilogue<WithoutSums<TEpilogue>.None>
    where TEpilogue : struct, IGpuEpilogue
{
    private readonly TEpilogue epilogue = epilogue;

    public None Begin() => default;

    public void Apply(int row, int column, float product, ref None sums) => epilogue.Apply(row, column, product);

    public void Combine(ref None sums, None other)
    {
    }

    public void End(int block, int column, None sums)
    {
    }

    /// <summary>A column's reductions: none. A struct in shared memory needs a size.</summary>
    public readonly record struct None(int Nothing);
}
