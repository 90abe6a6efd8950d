using System.Runtime.CompilerServices;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>
/// Products in parts so narrow that many lanes of <see cref="PartsProduct{V, TTile, TEpilogue}"/> would be empty, as each part ends with a vector of its own: some rows of the product
/// are stored, which stay in the caches, and then read in parts.
/// </summary>
internal unsafe struct StoredParts<V, TEpilogue>
    where V : struct, ISimd<V>
    where TEpilogue : struct, IGemmPartsEpilogue
{
    /// <summary>Floats that are stored at a time.</summary>
    private const int MostStored = 1 << 18;

    /// <summary>Elements of a part that a task works on, at least.</summary>
    private const int LeastInTask = 1 << 12;

    private readonly GemmOperands operands;
    private readonly void* epilogue;
    private readonly int width;
    private float* product;
    private int first;
    private int end;
    private int rowsPerTask;

    internal StoredParts(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        width = operands.N / TEpilogue.Parts;
    }

    /// <summary>Whether so many lanes would be empty that it is worth it: more than a fifth of those in use.</summary>
    /// <param name="width">The columns of a part.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    internal static bool AreWorthIt(int width, int lanes) => 5L * GemmBlocking.CeilingDivide(width, lanes) * lanes > 6L * width;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        int slabs = GemmBlocking.CeilingDivide(operands.M, int.Max(MostStored / operands.N, 1));
        int rows = GemmBlocking.CeilingDivide(operands.M, slabs);
        product = Scratch.Product(((long)rows * operands.N) + V.Count);
        rowsPerTask = int.Max(LeastInTask / width, 1);
        var store = new StoreEpilogue(new(product), operands.N);
        for (first = 0; first < operands.M; first = end)
        {
            end = int.Min(first + rows, operands.M);
            Gemm.Multiply<V, StoreEpilogue>(operands.Rows(first, end - first), ref store, threads);
            WorkerPool.Shared.Run(GemmBlocking.CeilingDivide(end - first, rowsPerTask), threads, Unsafe.AsPointer(ref this), &Finish);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Finish(void* state, int task)
    {
        ref StoredParts<V, TEpilogue> parts = ref Unsafe.AsRef<StoredParts<V, TEpilogue>>(state);
        TEpilogue work = Unsafe.AsRef<TEpilogue>(parts.epilogue); // a copy, whose fields live in registers
        int row = parts.first + (task * parts.rowsPerTask), end = int.Min(row + parts.rowsPerTask, parts.end), width = parts.width;
        for (; row < end; row++)
        {
            float* line = parts.product + ((nint)(row - parts.first) * parts.operands.N);
            int column = 0;
            for (; column + V.Count <= width; column += V.Count)
            {
                work.Apply<V, AllLanes>(row, column, new(line + column, width), default);
            }

            if (column < width)
            {
                FinishEdge(ref work, row, column, line, width);
            }
        }

        Bypass.Settle();
    }

    // A method of its own: the JIT inlines only so much into one.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void FinishEdge(ref TEpilogue work, int row, int column, float* line, int width) =>
        work.Apply<V, FirstLanes>(row, column, new(line + column, width), new FirstLanes(width - column));
}
