using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>Products of a few classes with a panel of hidden rows, a tile at a time.</summary>
internal readonly unsafe struct ScoreProducts<V, TTile>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
{
    private readonly int size;
    private readonly int depthPerBlock;
    private readonly float* lastLines;

    /// <summary>Takes memory of the thread.</summary>
    /// <param name="size">The length of a hidden row.</param>
    public ScoreProducts(int size)
    {
        this.size = size;
        depthPerBlock = GemmBlocking.DepthPerBlock(size);
        lastLines = Scratch.Local(((long)TTile.Rows * depthPerBlock) + GemmBlocking.HalfPage + (TTile.Rows * RightPanels<V, TTile>.Columns));
        Tile = lastLines + ((nint)TTile.Rows * depthPerBlock) + GemmBlocking.HalfPage;
    }

    /// <summary>Gets the tile, [classes, rows].</summary>
    public float* Tile { get; }

    /// <summary>Multiplies.</summary>
    /// <param name="weight">[classes, size].</param>
    /// <param name="classes">At most as many as a tile has.</param>
    /// <param name="panel">[size, vectors · V.Count].</param>
    /// <param name="vectors">How many vectors of rows.</param>
    /// <param name="ahead">What is needed soon.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Multiply(Buffer<float> weight, int classes, float* panel, int vectors, ref Ahead ahead)
    {
        nint stride = vectors * V.Count;
        int firstDepth = 0;
        do
        {
            int depth = int.Min(depthPerBlock, size - firstDepth);
            LeftLines lines = new(weight.Start + firstDepth, size, 1);
            if (classes < TTile.Rows)
            {
                Packing.Pack<V>(weight.Start + firstDepth, size, 1, classes, depth, lastLines, TTile.Rows);
                lines = new(lastLines, 1, TTile.Rows);
            }

            RightLines right = ahead.Along(panel + (firstDepth * stride), stride, depth);
            TTile.Multiply<V, SumsSink>(classes, vectors, depth, lines, right, new SumsSink(Tile, add: firstDepth > 0));
            firstDepth += depth;
        }
        while (firstDepth < size);
    }

    /// <summary>One product, in the order in which a tile's are summed.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public float One(Buffer<float> weight, float* panel, int stride, int column)
    {
        float product = 0f;
        int firstDepth = 0;
        do
        {
            int depth = int.Min(depthPerBlock, size - firstDepth);
            float* from = panel + ((nint)firstDepth * stride) + column;
            V sum = V.Zero;
            for (int step = 0; step < depth; step++)
            {
                sum = V.MultiplyAdd(V.Broadcast(weight[firstDepth + step]), V.Broadcast(from[(nint)step * stride]), sum);
            }

            float part = V.Min(sum);
            product = firstDepth > 0 ? part + product : part;
            firstDepth += depth;
        }
        while (firstDepth < size);
        return product;
    }
}
