using System.Runtime.CompilerServices;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>The product of packed factors whose columns are equal parts: see <see cref="IGemmPartsEpilogue"/>.</summary>
/// <remarks>
/// <code>
/// for every slab of columns of a part            the right factor's panels of all parts are packed, unless they have been
///   for every block of rows                      a task, together with some blocks of columns
///     for every MaxRows rows
///       for every MaxDepth steps of depth        the left factor's part is packed, unless it is read where it lies
///         for every block of columns
///           for every part and tile of rows      multiplied in registers, added to the part's sums
///           behind the last depth: epilogue      of all rows, with a vector of each part at a time
/// </code>
/// Every element is the same sum as in <see cref="PackedProduct{V, TTile, TEpilogue}"/>.
/// </remarks>
internal unsafe struct PartsProduct<V, TTile, TEpilogue>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
    where TEpilogue : struct, IGemmPartsEpilogue
{
    private readonly GemmOperands operands;
    private readonly void* epilogue;
    private readonly int width;
    private readonly int rowsPerBlock;
    private readonly int rowBlocks;
    private readonly int depthPerBlock;
    private float* panels;
    private int start;
    private int end;
    private int columnsPerTask;

    internal PartsProduct(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        width = operands.N / TEpilogue.Parts;
        rowsPerBlock = GemmBlocking.RowsPerBlock<V>(operands.M);
        rowBlocks = GemmBlocking.CeilingDivide(operands.M, rowsPerBlock);
        depthPerBlock = GemmBlocking.DepthPerBlock(operands.K);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        int columns = PartPanels<V, TTile>.Columns(width);
        if (operands.PackedB is not null)
        {
            panels = operands.PackedB;
            end = width;
            RunBlocks(columns, threads);
            return;
        }

        long fitting = GemmBlocking.MaxPacked / int.Max(operands.K, 1) / (TEpilogue.Parts * columns);
        int slab = (int)long.Clamp(fitting, 1, GemmBlocking.CeilingDivide(width, columns)) * columns;
        panels = Scratch.Panels(PartPanels<V, TTile>.Length(int.Min(slab, width), TEpilogue.Parts, operands.K));
        for (start = 0; start < width; start = end)
        {
            end = int.Min(start + slab, width);

            // A task packs a few thousand elements at least.
            columnsPerTask = columns * int.Max(1, 8192 / (TEpilogue.Parts * columns * int.Max(operands.K, 1)));
            WorkerPool.Shared.Run(GemmBlocking.CeilingDivide(end - start, columnsPerTask), threads, Unsafe.AsPointer(ref this), &PackTask);
            RunBlocks(columns, threads);
        }
    }

    /// <summary>A task for each block of rows and as many parts of the columns as threads need.</summary>
    private void RunBlocks(int columns, int threads)
    {
        int blocks = GemmBlocking.CeilingDivide(end - start, columns);
        int tasks = threads == 1 ? 1 : int.Clamp(GemmBlocking.CeilingDivide(2 * threads, rowBlocks), 1, blocks);
        columnsPerTask = columns * GemmBlocking.CeilingDivide(blocks, tasks);
        WorkerPool.Shared.Run(rowBlocks * GemmBlocking.CeilingDivide(end - start, columnsPerTask), threads, Unsafe.AsPointer(ref this), &MultiplyTask);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTask(void* state, int task)
    {
        ref PartsProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PartsProduct<V, TTile, TEpilogue>>(state);
        int first = product.start + (task * product.columnsPerTask);
        PartPanels<V, TTile>.Pack(product.operands, first, int.Min(first + product.columnsPerTask, product.end), product.Panels(first));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTask(void* state, int task)
    {
        ref PartsProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PartsProduct<V, TTile, TEpilogue>>(state);
        int first = product.start + (task / product.rowBlocks * product.columnsPerTask);
        int row = task % product.rowBlocks * product.rowsPerBlock;
        product.MultiplyBlock(row, int.Min(row + product.rowsPerBlock, product.operands.M), first, int.Min(first + product.columnsPerTask, product.end));
        Bypass.Settle();
    }

    /// <summary>Many rows: so many columns and rows at a time that what is packed and not finished stays in the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyBlock(int firstRow, int lastRow, int first, int last)
    {
        int block = PartPanels<V, TTile>.Columns(width);
        int columns = operands.K <= depthPerBlock ? last - first : int.Max(GemmBlocking.MaxColumns / (TEpilogue.Parts * block), 1) * block;
        for (int column = first; column < last; column += columns)
        {
            for (int row = firstRow; row < lastRow;)
            {
                int nextRow = int.Min(row + (GemmBlocking.MaxRows / TTile.Rows * TTile.Rows), lastRow);
                MultiplyRows(row, nextRow, column, int.Min(column + columns, last));
                row = nextRow;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyRows(int row, int lastRow, int first, int last)
    {
        int packedRows = GemmBlocking.CeilingDivide(lastRow - row, TTile.Rows) * TTile.Rows;
        bool onePass = operands.K <= depthPerBlock;
        int block = PartPanels<V, TTile>.Columns(width);
        int columns = onePass ? block : GemmBlocking.CeilingDivide(last - first, block) * block;
        float* left = Scratch.Local(((long)packedRows * depthPerBlock) + GemmBlocking.HalfPage + ((long)packedRows * TEpilogue.Parts * columns));
        float* firstSums = left + ((nint)packedRows * depthPerBlock) + GemmBlocking.HalfPage;
        int inPlace = ReadsLeft(last - first) ? (lastRow - row) / TTile.Rows * TTile.Rows : 0;
        int firstDepth = 0;
        do
        {
            int depth = int.Min(depthPerBlock, operands.K - firstDepth);
            LeftPanels<V, TTile>.Pack(operands, row + inPlace, lastRow, firstDepth, depth, left + ((nint)inPlace * depth));
            float* sums = firstSums;
            for (int column = first; column < last; column += block)
            {
                int vectors = PartPanels<V, TTile>.Vectors(column, width);
                nint stride = vectors * V.Count, part = packedRows * stride;
                float* right = Panels(column) + (firstDepth * stride);
                for (float* partSums = sums; partSums < sums + (TEpilogue.Parts * part); partSums += part)
                {
                    MultiplyPanel(row, row + inPlace, lastRow, firstDepth, depth, vectors, left, right, partSums);
                    right += operands.K * stride;
                }

                if (firstDepth + depth == operands.K)
                {
                    Finish(row, lastRow, column, vectors, sums, part);
                }

                sums += onePass ? 0 : TEpilogue.Parts * part;
            }

            firstDepth += depth;
        }
        while (firstDepth < operands.K);
    }

    /// <summary>Some rows and a panel.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="endInPlace">The row behind those whose lines are read where they lie.</param>
    /// <param name="lastRow">The row behind the last.</param>
    /// <param name="firstDepth">The first step of depth.</param>
    /// <param name="depth">The number of steps.</param>
    /// <param name="vectors">The vectors of the panel.</param>
    /// <param name="left">The left factor's packed rows.</param>
    /// <param name="right">The panel, from the first step on.</param>
    /// <param name="sums">[rows, vectors · V.Count].</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void MultiplyPanel(int row, int endInPlace, int lastRow, int firstDepth, int depth, int vectors, float* left, float* right, float* sums)
    {
        int stride = vectors * V.Count;
        for (int tileRow = row; tileRow < lastRow; tileRow += TTile.Rows)
        {
            LeftLines lines = tileRow < endInPlace
                ? new(operands.A + (tileRow * operands.ARow) + (firstDepth * operands.ADepth), operands.ARow, operands.ADepth)
                : new(left + ((nint)(tileRow - row) * depth), 1, TTile.Rows);
            TTile.Multiply<V, SumsSink>(lastRow - tileRow, vectors, depth, lines, new RightLines(right, stride), new SumsSink(sums, add: firstDepth > 0));
            sums += TTile.Rows * stride;
        }
    }

    /// <summary>Whether rows are read where they lie: as <see cref="PackedProduct{V, TTile, TEpilogue}"/> decides it.</summary>
    private readonly bool ReadsLeft(int columns)
    {
        bool meetsFew = TEpilogue.Parts * GemmBlocking.CeilingDivide(columns, PartPanels<V, TTile>.Columns(width)) <= GemmBlocking.MaxPanelsOnLinesInPlace;
        return operands.ADepth == 1 ? meetsFew || operands.K <= GemmBlocking.MaxDepthOfLinesInPlace : meetsFew && operands.M <= GemmBlocking.MaxLinesInPlace;
    }

    /// <summary>The panels of all parts from a column on, the first of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float* Panels(int column) => panels + ((nint)(column - start) * TEpilogue.Parts * operands.K);

    /// <summary>Hands a finished block to the epilogue.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void Finish(int row, int lastRow, int column, int vectors, float* sums, nint part)
    {
        int lastColumn = column + (vectors * V.Count);
        if (lastColumn > width)
        {
            FinishEdge(row, lastRow, column, vectors, sums, part);
            return;
        }

        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue); // a copy, whose fields live in registers
        for (; row < lastRow; row++)
        {
            for (int at = column; at < lastColumn; at += V.Count, sums += V.Count)
            {
                work.Apply<V, AllLanes>(operands.FirstRow + row, at, new(sums, part), default);
            }
        }
    }

    // A method of its own: the JIT inlines only so much into one, and a second copy of a long epilogue would be too much.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void FinishEdge(int row, int lastRow, int column, int vectors, float* sums, nint part)
    {
        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue);
        for (; row < lastRow; row++)
        {
            for (int at = column; at < column + (vectors * V.Count); at += V.Count, sums += V.Count)
            {
                work.Apply<V, FirstLanes>(operands.FirstRow + row, at, new(sums, part), new FirstLanes(int.Min(width - at, V.Count)));
            }
        }
    }
}
