using ILGPU;

namespace ModelGen.Gpu;

/// <summary>128 × 128: the most arithmetic for each number read.</summary>
internal readonly struct LargeTile(Block4 topLeft, Block4 topRight, Block4 bottomLeft, Block4 bottomRight) : IGpuTile<LargeTile>
{
    private readonly Block4 topLeft = topLeft;
    private readonly Block4 topRight = topRight;
    private readonly Block4 bottomLeft = bottomLeft;
    private readonly Block4 bottomRight = bottomRight;

    public static int ThreadRows => 16;

    public static int ThreadColumns => 16;

    public static int Blocks => 2;

    public static int Depth => 8;

    public static int Groups => 2;

    public LargeTile Plus(ArrayView<Strip4> shared, int a, int b)
    {
        Strip4 top = shared[a], bottom = shared[a + ThreadRows];
        Strip4 left = shared[b], right = shared[b + ThreadColumns];
        return new(topLeft.Plus(top, left), topRight.Plus(top, right), bottomLeft.Plus(bottom, left), bottomRight.Plus(bottom, right));
    }

    public void Store(ArrayView<Strip4> shared, int at, int half)
    {
        const int Stride = 2 * 16;
        if (half == 0)
        {
            GpuTiles.Store(shared, at, Stride, topLeft);
            GpuTiles.Store(shared, at + ThreadColumns, Stride, topRight);
        }
        else
        {
            GpuTiles.Store(shared, at, Stride, bottomLeft);
            GpuTiles.Store(shared, at + ThreadColumns, Stride, bottomRight);
        }
    }
}

/// <summary>64 × 64: more groups where a product is too small for large tiles.</summary>
internal readonly struct MiddleTile(Block4 block) : IGpuTile<MiddleTile>
{
    private readonly Block4 block = block;

    public static int ThreadRows => 16;

    public static int ThreadColumns => 16;

    public static int Blocks => 1;

    public static int Depth => 16;

    public static int Groups => 3;

    public MiddleTile Plus(ArrayView<Strip4> shared, int a, int b) => new(block.Plus(shared[a], shared[b]));

    public void Store(ArrayView<Strip4> shared, int at, int half) => GpuTiles.Store(shared, at, ThreadColumns, block);
}

/// <summary>256 × 16: for products with few columns.</summary>
internal readonly struct TallTile(Block4 block) : IGpuTile<TallTile>
{
    private readonly Block4 block = block;

    public static int ThreadRows => 64;

    public static int ThreadColumns => 4;

    public static int Blocks => 1;

    public static int Depth => 8;

    public static int Groups => 3;

    public TallTile Plus(ArrayView<Strip4> shared, int a, int b) => new(block.Plus(shared[a], shared[b]));

    public void Store(ArrayView<Strip4> shared, int at, int half) => GpuTiles.Store(shared, at, ThreadColumns, block);
}

/// <summary>16 × 256: for products with few rows.</summary>
internal readonly struct WideTile(Block4 block) : IGpuTile<WideTile>
{
    private readonly Block4 block = block;

    public static int ThreadRows => 4;

    public static int ThreadColumns => 64;

    public static int Blocks => 1;

    public static int Depth => 8;

    public static int Groups => 3;

    public WideTile Plus(ArrayView<Strip4> shared, int a, int b) => new(block.Plus(shared[a], shared[b]));

    public void Store(ArrayView<Strip4> shared, int at, int half) => GpuTiles.Store(shared, at, ThreadColumns, block);
}

/// <summary>What all tiles share.</summary>
internal static class GpuTiles
{
    public const int Threads = GpuGrid.Threads;

    /// <summary>Writes a block, its rows a number of strips apart.</summary>
    public static void Store(ArrayView<Strip4> shared, int at, int stride, Block4 block)
    {
        shared[at] = block.Row0;
        shared[at + stride] = block.Row1;
        shared[at + (2 * stride)] = block.Row2;
        shared[at + (3 * stride)] = block.Row3;
    }
}
