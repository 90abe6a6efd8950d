using System.Runtime.CompilerServices;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>Products in parts of which one side is a few lines only: factors are read where they lie. See <see cref="NarrowProduct{V, TEpilogue}"/>, whose sums these are.</summary>
internal unsafe struct NarrowParts<V, TEpilogue>
    where V : struct, ISimd<V>
    where TEpilogue : struct, IGemmPartsEpilogue
{
    private const int VectorsAtOnce = 4;
    private const int WidestVector = 16;

    private readonly GemmOperands operands;
    private readonly void* epilogue;
    private readonly int width;
    private readonly int rowsPerBlock;
    private readonly int columnsPerTask;

    internal NarrowParts(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        width = operands.N / TEpilogue.Parts;
        rowsPerBlock = GemmBlocking.RowsPerBlock<V>(operands.M);

        // 16,384 terms at least in a task.
        long strip = (long)operands.K * VectorsAtOnce * V.Count * int.Min(operands.M, rowsPerBlock) * TEpilogue.Parts;
        columnsPerTask = (int)((16384 + strip - 1) / strip) * VectorsAtOnce * V.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        int tasks = GemmBlocking.CeilingDivide(operands.M, rowsPerBlock) * GemmBlocking.CeilingDivide(width, columnsPerTask);
        WorkerPool.Shared.Run(tasks, threads, Unsafe.AsPointer(ref this), &Multiply);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(void* state, int task)
    {
        ref NarrowParts<V, TEpilogue> product = ref Unsafe.AsRef<NarrowParts<V, TEpilogue>>(state);
        float* sums = stackalloc float[TEpilogue.Parts * VectorsAtOnce * WidestVector];
        int groups = GemmBlocking.CeilingDivide(product.width, product.columnsPerTask);
        int block = task / groups;
        int lastRow = int.Min((block + 1) * product.rowsPerBlock, product.operands.M);
        int start = task % groups * product.columnsPerTask;
        int end = int.Min(start + product.columnsPerTask, product.width);
        for (int column = start; column < end; column += VectorsAtOnce * V.Count)
        {
            int columns = int.Min(end - column, VectorsAtOnce * V.Count);
            for (int row = block * product.rowsPerBlock; row < lastRow; row++)
            {
                product.Sum(row, column, columns, sums);
                product.Finish(row, column, columns, sums);
            }
        }

        Bypass.Settle();
    }

    /// <summary>Up to four vectors of each part along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Sum(int row, int column, int columns, float* sums)
    {
        float* a = operands.A + (row * operands.ARow);
        for (int part = 0; part < TEpilogue.Parts; part++, sums += VectorsAtOnce * V.Count)
        {
            float* b = operands.B + (((nint)(part * width) + column) * operands.BColumn);
            if (operands.HasDots)
            {
                RowProducts<V>.Dots(operands.K, a, b, operands.BColumn, columns, sums);
            }
            else
            {
                RowProducts<V>.Combine(operands.K, a, operands.ADepth, b, operands.BDepth, columns, sums);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish(int row, int column, int columns, float* sums)
    {
        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue);
        int done = 0;
        for (; done + V.Count <= columns; done += V.Count)
        {
            work.Apply<V, AllLanes>(operands.FirstRow + row, column + done, new(sums + done, VectorsAtOnce * V.Count), default);
        }

        if (done < columns)
        {
            FinishEdge(row, column + done, columns - done, sums + done);
        }
    }

    // A method of its own: the JIT inlines only so much into one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void FinishEdge(int row, int column, int columns, float* sums)
    {
        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue);
        work.Apply<V, FirstLanes>(operands.FirstRow + row, column, new(sums, VectorsAtOnce * V.Count), new FirstLanes(columns));
    }
}
