using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>The product of packed factors: the way for all but the narrowest shapes.</summary>
/// <remarks>
/// <code>
/// for every group of columns                     the right factor's part is packed into panels, unless it has been
///   for every MaxRows rows
///     for every MaxDepth steps of depth          the left factor's part is packed, unless it is read where it lies
///       for every panel of columns
///         for every tile of rows                 multiplied in registers, added to the tile's partial sums; behind the last depth: epilogue
/// </code>
/// A group is a task, which packs for itself: what a thread reads most it has written. Where there are more threads than groups, a group's
/// panels are packed by all of them, and a task is a group and a block of rows.
/// <para>Source: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008.</para>
/// </remarks>
internal unsafe struct PackedProduct<V, TTile, TEpilogue>
    where V : struct, ISimd<V>
    where TTile : struct, ITile
    where TEpilogue : struct, IGemmEpilogue
{
    private readonly GemmOperands operands;
    private readonly void* epilogue;
    private readonly int rowsPerBlock;
    private readonly int rowBlocks;
    private readonly int depthPerBlock;
    private readonly bool isShort;
    private readonly bool fetches;
    private readonly bool fetchesPanels;
    private Columns slab;
    private int groups;
    private int parts;
    private int rowsPerTask;
    private int rowTasks;

    internal PackedProduct(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        rowsPerBlock = GemmBlocking.RowsPerBlock<V>(operands.M);
        rowBlocks = GemmBlocking.CeilingDivide(operands.M, rowsPerBlock);
        depthPerBlock = GemmBlocking.DepthPerBlock(operands.K);
        fetches = Sse.IsSupported && TEpilogue.MayBeForeseen && (long)operands.M * operands.N >= GemmBlocking.LeastProductToFetch;
        isShort = operands.M <= GemmBlocking.MaxRows && operands.PackedB is null;
        fetchesPanels = fetches && !isShort && operands.K <= depthPerBlock && (long)operands.N * operands.K >= GemmBlocking.LeastProductToFetch;
    }

    private static int TileColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RightPanels<V, TTile>.Columns;
    }

    /// <summary>Gets a value indicating whether the left factor is read where it lies, however many panels it meets.</summary>
    private readonly bool ReadsShortLines => operands.Reader is null && operands.ADepth == 1 && operands.K <= GemmBlocking.MaxDepthOfLinesInPlace;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        int vectors = GemmBlocking.CeilingDivide(operands.N, V.Count);
        if (operands.PackedB is not null)
        {
            slab = new Columns(0, operands.N, operands.PackedB);
            RunBlocks(threads);
        }
        else if (isShort)
        {
            groups = threads == 1 ? 1 : int.Clamp(vectors / TTile.Vectors, 1, 2 * threads);
            WorkerPool.Shared.Run(groups, threads, Unsafe.AsPointer(ref this), &MultiplyGroup);
        }
        else if (threads == 1 || vectors >= 2 * TTile.Vectors * threads)
        {
            long columns = long.Max(GemmBlocking.MaxPacked / threads / int.Max(operands.K, 1), TileColumns);
            groups = int.Max(GemmBlocking.CeilingDivide(GemmBlocking.CeilingDivide(operands.N, (int)long.Min(columns, operands.N)), threads), 1) * threads;
            WorkerPool.Shared.Run(groups, threads, Unsafe.AsPointer(ref this), &MultiplyGroup);
        }
        else
        {
            RunSlabs(threads);
        }
    }

    /// <summary>A group of columns for one thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyGroup(void* state, int group)
    {
        ref PackedProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PackedProduct<V, TTile, TEpilogue>>(state);
        ref readonly GemmOperands operands = ref product.operands;
        int vectors = GemmBlocking.CeilingDivide(operands.N, V.Count);
        int start = (int)((long)group * vectors / product.groups) * V.Count;
        int end = int.Min((int)((group + 1L) * vectors / product.groups) * V.Count, operands.N);
        if (product.isShort)
        {
            product.MultiplyBlock(0, operands.M, new Columns(start, end, null), start, end);
        }
        else
        {
            float* panels = Scratch.Panels(RightPanels<V, TTile>.Length(end - start, operands.K));
            RightPanels<V, TTile>.Pack(operands, start, end, end, panels);
            product.MultiplyBlock(0, operands.M, new Columns(start, end, panels), start, end);
        }

        Bypass.Settle();
    }

    /// <summary>Slabs of columns, whose panels all threads share.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunSlabs(int threads)
    {
        long fitting = GemmBlocking.MaxPacked / int.Max(operands.K, 1) / TileColumns;
        int columns = (int)long.Clamp(fitting, 1, GemmBlocking.CeilingDivide(operands.N, TileColumns)) * TileColumns;
        float* panels = Scratch.Panels(RightPanels<V, TTile>.Length(columns, operands.K));
        for (int start = 0; start < operands.N; start = slab.End)
        {
            slab = new Columns(start, (int)long.Min((long)start + columns, operands.N), panels);

            // A task packs a few thousand elements at least.
            int panelsPerTask = int.Max(1, 8192 / (TileColumns * int.Max(operands.K, 1)));
            parts = GemmBlocking.CeilingDivide(RightPanels<V, TTile>.Count(slab.Count), panelsPerTask);
            WorkerPool.Shared.Run(parts, threads, Unsafe.AsPointer(ref this), &PackTask);
            RunBlocks(threads);
        }
    }

    /// <summary>A slab, a task for each part of its columns, and for each block of rows where there are few columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunBlocks(int threads)
    {
        int panels = RightPanels<V, TTile>.Count(slab.Count);
        bool hasManyColumns = panels >= 2 * threads;
        (rowsPerTask, rowTasks) = hasManyColumns ? (operands.M, 1) : (rowsPerBlock, rowBlocks);

        // Parts of the columns cost another packing of the left factor, so there are only as many as threads need. Without one there are more: what delays a thread costs
        // the others less waiting.
        parts = threads == 1 ? 1 : int.Clamp((ReadsShortLines ? 16 : 4) * threads / rowTasks, 1, panels);
        if (parts > 1 && MostColumns(1, threads) < MostColumns(parts, threads))
        {
            parts = 1;
        }

        WorkerPool.Shared.Run(rowTasks * parts, threads, Unsafe.AsPointer(ref this), &MultiplyTask);
    }

    /// <summary>The columns, counted for each of their tasks, of the thread that has the most of them: few panels do not always divide well.</summary>
    private readonly int MostColumns(int parts, int threads)
    {
        int most = 0, task = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            int columns = 0;
            for (int end = (int)((thread + 1L) * rowTasks * parts / threads); task < end; task++)
            {
                (int start, int partEnd) = PartOfSlab(task / rowTasks, parts);
                columns += partEnd - start;
            }

            most = int.Max(most, columns);
        }

        return most;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackTask(void* state, int task)
    {
        ref PackedProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PackedProduct<V, TTile, TEpilogue>>(state);
        (int start, int end) = product.PartOfSlab(task, product.parts);
        RightPanels<V, TTile>.Pack(product.operands, start, end, product.slab.End, product.slab.Panel(start, product.operands.K));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTask(void* state, int task)
    {
        ref PackedProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PackedProduct<V, TTile, TEpilogue>>(state);
        (int start, int end) = product.PartOfSlab(task / product.rowTasks, product.parts);
        int row = task % product.rowTasks * product.rowsPerTask;
        product.MultiplyBlock(row, int.Min(row + product.rowsPerTask, product.operands.M), product.slab, start, end);
        Bypass.Settle();
    }

    private readonly (int Start, int End) PartOfSlab(int part, int parts)
    {
        long panels = RightPanels<V, TTile>.Count(slab.Count);
        int start = RightPanels<V, TTile>.Start((int)(part * panels / parts), slab.Count);
        int end = RightPanels<V, TTile>.Start((int)((part + 1) * panels / parts), slab.Count);
        return (slab.Start + start, slab.Start + end);
    }

    /// <summary>Many rows: so many columns and rows at a time that what is packed and not finished stays in the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyBlock(int firstRow, int lastRow, in Columns packed, int start, int end)
    {
        bool onePass = operands.K <= depthPerBlock;
        int columns = onePass ? int.MaxValue : GemmBlocking.MaxColumns / TileColumns * TileColumns;
        int rows = onePass ? GemmBlocking.RowsAtOnce(operands.K) : GemmBlocking.MaxRows;
        for (int column = start; column < end;)
        {
            int nextColumn = end - column - V.Count <= columns ? end : column + columns;
            for (int row = firstRow; row < lastRow;)
            {
                int nextRow = int.Min(row + (rows / TTile.Rows * TTile.Rows), lastRow);
                MultiplyRows(row, nextRow, packed, column, nextColumn);
                row = nextRow;
            }

            column = nextColumn;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyRows(int row, int lastRow, in Columns packed, int start, int end)
    {
        int rowTiles = GemmBlocking.CeilingDivide(lastRow - row, TTile.Rows);
        int columns = GemmBlocking.CeilingDivide(end - start, V.Count) * V.Count;
        bool onePass = operands.K <= depthPerBlock;
        bool meetsFew = RightPanels<V, TTile>.Count(columns) <= GemmBlocking.MaxPanelsOnLinesInPlace;
        bool readsLeft = ReadsShortLines || (operands.Reader is null && meetsFew && (operands.ADepth == 1 || operands.M <= GemmBlocking.MaxLinesInPlace));
        int packedRows = rowTiles * TTile.Rows;
        long tiles = onePass ? TTile.Rows * TileColumns : (long)packedRows * columns;
        float* panel = Scratch.Local(((long)(TileColumns + packedRows) * depthPerBlock) + GemmBlocking.HalfPage + tiles);
        float* left = panel + ((nint)TileColumns * depthPerBlock);
        float* sums = left + ((nint)packedRows * depthPerBlock) + GemmBlocking.HalfPage;
        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue); // a copy, whose fields live in registers
        Ahead ahead = default;
        int firstDepth = 0;
        do
        {
            int depth = int.Min(depthPerBlock, operands.K - firstDepth);
            bool last = firstDepth + depth == operands.K;
            int inPlace = readsLeft ? (lastRow - row) / TTile.Rows * TTile.Rows : 0;
            LeftLines made = default;
            if (operands.Reader is { } reader)
            {
                made = reader.Read(operands, row, lastRow, firstDepth, depth, left);
            }
            else
            {
                LeftPanels<V, TTile>.Pack(operands, row + inPlace, lastRow, firstDepth, depth, left + ((nint)inPlace * depth));
            }

            float* tile = sums;
            for (int column = start; column < end;)
            {
                int vectors = RightPanels<V, TTile>.Vectors(packed.End - column);
                nint stride = vectors * V.Count;
                float* right = isShort ? Right(column, vectors, end, firstDepth, depth, panel, ref stride) : packed.Panel(column, operands.K) + (firstDepth * stride);
                ahead.Begin((long)rowTiles * depth);
                if (fetchesPanels && column + (vectors * V.Count) < packed.End)
                {
                    // Behind a part's last panel the next part's first, which is mostly the same thread's next task.
                    ahead.Add(new(right + (depth * stride)), depth * stride);
                }

                for (int tileRow = row; tileRow < lastRow; tileRow += TTile.Rows)
                {
                    LeftLines lines = operands.Reader is not null ? new(made.First + ((tileRow - row) * made.Line), made.Line, made.Step)
                        : tileRow - row < inPlace
                        ? new(operands.A + (tileRow * operands.ARow) + (firstDepth * operands.ADepth), operands.ARow, operands.ADepth)
                        : new(left + ((nint)(tileRow - row) * depth), 1, TTile.Rows);
                    int nextRow = int.Min(tileRow + TTile.Rows, lastRow);
                    RightLines steps = ahead.Along(right, stride, depth);
                    int rows = lastRow - tileRow;
                    bool isWhole = (rows >= TTile.Rows || rows == TTile.Rows / 2) && column + (vectors * V.Count) <= operands.N;
                    if (last && fetches)
                    {
                        Fetch(ref work, tileRow, nextRow, column, int.Min(column + (vectors * V.Count), end));
                    }

                    if ((TEpilogue.OnlyAdds || TEpilogue.OnlyStores) && last && firstDepth == 0 && isWhole)
                    {
                        var sink = new EpilogueSink<TEpilogue>(work, BlockOf(tileRow), operands.FirstRow + tileRow, column);
                        TTile.Multiply<V, EpilogueSink<TEpilogue>>(rows, vectors, depth, lines, steps, sink);
                    }
                    else if (TEpilogue.OnlyStores && last && isWhole)
                    {
                        var sink = new EpilogueSink<TEpilogue>(work, BlockOf(tileRow), operands.FirstRow + tileRow, column);
                        TTile.Multiply<V, LastDepthSink<TEpilogue>>(rows, vectors, depth, lines, steps, new(tile, sink));
                    }
                    else
                    {
                        TTile.Multiply<V, SumsSink>(rows, vectors, depth, lines, steps, new SumsSink(tile, add: firstDepth > 0));
                        if (last)
                        {
                            Finish(ref work, tileRow, nextRow, column, vectors, tile);
                        }
                    }

                    tile += onePass ? 0 : TTile.Rows * vectors * V.Count;
                }

                column += vectors * V.Count;
            }

            firstDepth += depth;
        }
        while (firstDepth < operands.K);
    }

    /// <summary>A panel for few rows: where it lies, if it is whole and its columns lie side by side, or packed just before its use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly float* Right(int column, int vectors, int end, int firstDepth, int depth, float* panel, ref nint stride)
    {
        float* source = operands.B + (column * operands.BColumn) + (firstDepth * operands.BDepth);
        if (operands.BColumn == 1 && column + (vectors * V.Count) <= operands.N)
        {
            stride = operands.BDepth;
            return source;
        }

        Packing.Pack<V>(source, operands.BColumn, operands.BDepth, int.Min(vectors * V.Count, end - column), depth, panel, vectors * V.Count);
        return panel;
    }

    /// <summary>Asks the caches for what the epilogue will load and store: it arrives while the tile is multiplied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Fetch(ref TEpilogue work, int row, int lastRow, int firstColumn, int end)
    {
        int block = BlockOf(row);
        for (; row < lastRow; row++)
        {
            for (int column = firstColumn; column < end; column += Touch.Count)
            {
                work.Apply<Touch, AllLanes>(block, operands.FirstRow + row, column, default, default);
            }
        }
    }

    /// <summary>Hands a finished tile to the epilogue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Finish(ref TEpilogue work, int row, int lastRow, int firstColumn, int vectors, float* tile)
    {
        int end = firstColumn + (vectors * V.Count);
        if (end > operands.N)
        {
            FinishEdge(ref work, row, lastRow, firstColumn, tile);
            return;
        }

        int block = BlockOf(row);
        for (; row < lastRow; row++)
        {
            for (int column = firstColumn; column < end; column += V.Count, tile += V.Count)
            {
                work.Apply<V, AllLanes>(block, operands.FirstRow + row, column, V.Load(new(tile), 0), default);
            }
        }
    }

    // A method of its own: the JIT inlines only so much into one, and a second copy of a long epilogue would be too much.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private readonly void FinishEdge(ref TEpilogue work, int row, int lastRow, int firstColumn, float* tile)
    {
        int block = BlockOf(row);
        for (; row < lastRow; row++)
        {
            for (int column = firstColumn; column < operands.N; column += V.Count, tile += V.Count)
            {
                var lanes = new FirstLanes(int.Min(operands.N - column, V.Count));
                work.Apply<V, FirstLanes>(block, operands.FirstRow + row, column, V.Load(new(tile), 0), lanes);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int BlockOf(int row) => operands.Block < 0 ? row / rowsPerBlock : operands.Block;

    /// <summary>Columns of the right factor, and where their panels are.</summary>
    private readonly struct Columns(int start, int end, float* panels)
    {
        private readonly float* panels = panels;

        internal int Start { get; } = start;

        internal int End { get; } = end;

        internal int Count => End - Start;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal float* Panel(int column, int depth) => panels + ((nint)(column - Start) * depth);
    }
}
