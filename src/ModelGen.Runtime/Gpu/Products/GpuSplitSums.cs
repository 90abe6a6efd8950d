using System;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Finishes products whose sums were split: adds the parts of every element in ascending order and runs the epilogue.</summary>
internal static class GpuSplitSums<TEpilogue, TSums>
    where TEpilogue : struct, IGpuEpilogue<TSums>
    where TSums : unmanaged
{
    public static readonly GpuKernel<Arguments> Kernel = new(Run, typeof(TEpilogue));

    /// <summary>A group works on a block of rows and columns; every thread owns a column, and where a column has several threads they take rows in turns.</summary>
    private static void Run(Arguments arguments)
    {
        ArrayView<TSums> shares = SharedMemory.Allocate<TSums>(GpuTiles.Threads);
        TEpilogue epilogue = arguments.Epilogue;
        int inBlock = Group.IdxX % GpuSplitSums.Columns, walker = Group.IdxX / GpuSplitSums.Columns;
        int place = (Grid.IdxY * Grid.DimX) + Grid.IdxX;
        int column = (place % arguments.ColumnBlocks * GpuSplitSums.Columns) + inBlock;
        int block = place / arguments.ColumnBlocks;
        int matrix = block / arguments.RowBlocks;
        int first = block % arguments.RowBlocks * GpuSplitSums.Rows;
        bool isInside = matrix < arguments.Batch && column < arguments.N;
        int count = isInside ? Math.Min(GpuSplitSums.Rows, arguments.M - first) : 0;
        TSums sums = epilogue.Begin();
        for (int row = walker; row < count; row += GpuSplitSums.Walkers)
        {
            int at = (((matrix * arguments.M) + first + row) * arguments.N) + column;
            float sum = arguments.Parts[at];
            for (int split = 1; split < arguments.Splits; split++)
            {
                at += arguments.Batch * arguments.M * arguments.N;
                sum += arguments.Parts[at];
            }

            epilogue.Apply((matrix * arguments.M) + first + row, column, sum, ref sums);
        }

        shares[Group.IdxX] = sums;
        GpuBarrier.Wait();
        if (walker == 0 && isInside)
        {
            for (int other = 1; other < GpuSplitSums.Walkers; other++)
            {
                epilogue.Combine(ref sums, shares[(other * GpuSplitSums.Columns) + inBlock]);
            }

            epilogue.End(block, column, sums);
        }
    }

    public readonly struct Arguments(in TEpilogue epilogue, GpuBuffer<float> parts, int batch, int m, int n, int splits)
    {
        // The epilogue last: see GpuLayout.
        public readonly GpuBuffer<float> Parts = parts;
        public readonly int Batch = batch;
        public readonly int M = m;
        public readonly int N = n;
        public readonly int Splits = splits;
        public readonly int RowBlocks = Math.Max(1, GpuGrid.Blocks(m, GpuSplitSums.Rows));
        public readonly int ColumnBlocks = Math.Max(1, GpuGrid.Blocks(n, GpuSplitSums.Columns));
        public readonly TEpilogue Epilogue = epilogue;

        public int Blocks => Batch * RowBlocks * ColumnBlocks;
    }
}

/// <summary>What all sums of splits share.</summary>
internal static class GpuSplitSums
{
    /// <summary>The rows of a block.</summary>
    public const int Rows = 16;

    public const int Columns = 64;

    public const int Walkers = GpuTiles.Threads / Columns;
}

/// <summary>The epilogue of a split: leaves its part of the product.</summary>
internal readonly struct SplitEpilogue(GpuBuffer<float> parts, int n) : IGpuEpilogue
{
    private readonly GpuBuffer<float> parts = parts;
    private readonly int n = n;

    public void Apply(int row, int column, float product) => parts[(row * n) + column] = product;
}
