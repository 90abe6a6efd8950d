using System.Runtime.CompilerServices;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>Products of which one side is a few lines only: factors are read where they lie, as packing would cost more than it saves.</summary>
/// <remarks>
/// Two ways. Where depth lies side by side in both factors, every element is a scalar product of two lines. Where a few rows
/// meet a right factor whose columns lie side by side, a row of the product is a sum of that factor's rows.
/// </remarks>
internal unsafe struct NarrowProduct<V, TEpilogue>
    where V : struct, ISimd<V>
    where TEpilogue : struct, IGemmEpilogue
{
    private const int VectorsAtOnce = 4;
    private const int WidestVector = 16;

    private readonly GemmOperands operands;
    private readonly void* epilogue;
    private readonly bool dots;
    private readonly int rowsPerBlock;
    private readonly int columnsPerTask;

    internal NarrowProduct(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        dots = operands.HasDots;
        rowsPerBlock = GemmBlocking.RowsPerBlock<V>(operands.M);

        // 16,384 terms at least in a task.
        long strip = (long)operands.K * VectorsAtOnce * V.Count * int.Min(operands.M, rowsPerBlock);
        columnsPerTask = (int)((16384 + strip - 1) / strip) * VectorsAtOnce * V.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        int tasks = GemmBlocking.CeilingDivide(operands.M, rowsPerBlock) * GemmBlocking.CeilingDivide(operands.N, columnsPerTask);
        WorkerPool.Shared.Run(tasks, threads, Unsafe.AsPointer(ref this), &Multiply);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(void* state, int task)
    {
        ref NarrowProduct<V, TEpilogue> product = ref Unsafe.AsRef<NarrowProduct<V, TEpilogue>>(state);
        TEpilogue work = Unsafe.AsRef<TEpilogue>(product.epilogue);
        float* sums = stackalloc float[VectorsAtOnce * WidestVector];
        int groups = GemmBlocking.CeilingDivide(product.operands.N, product.columnsPerTask);
        int block = task / groups;
        int lastRow = int.Min((block + 1) * product.rowsPerBlock, product.operands.M);
        int start = task % groups * product.columnsPerTask;
        int end = int.Min(start + product.columnsPerTask, product.operands.N);
        for (int column = start; column < end; column += VectorsAtOnce * V.Count)
        {
            for (int row = block * product.rowsPerBlock; row < lastRow; row++)
            {
                product.Strip(ref work, block, row, column, int.Min(end - column, VectorsAtOnce * V.Count), sums);
            }
        }

        Bypass.Settle();
    }

    /// <summary>Up to four vectors along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Strip(ref TEpilogue work, int block, int row, int column, int columns, float* sums)
    {
        float* a = operands.A + (row * operands.ARow);
        float* b = operands.B + (column * operands.BColumn);
        if (dots)
        {
            RowProducts<V>.Dots(operands.K, a, b, operands.BColumn, columns, sums);
        }
        else
        {
            RowProducts<V>.Combine(operands.K, a, operands.ADepth, b, operands.BDepth, columns, sums);
        }

        int seenBlock = operands.Block < 0 ? block : operands.Block;
        for (int done = 0; done < columns; done += V.Count)
        {
            if (done + V.Count <= columns)
            {
                work.Apply<V, AllLanes>(seenBlock, operands.FirstRow + row, column + done, V.Load(new(sums), done), default);
            }
            else
            {
                var lanes = new FirstLanes(columns - done);
                work.Apply<V, FirstLanes>(seenBlock, operands.FirstRow + row, column + done, V.Load(new(sums), done, lanes), lanes);
            }
        }
    }
}
