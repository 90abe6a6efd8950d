using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>The product of packed factors: the way for all but the narrowest shapes.</summary>
/// <remarks>
/// <code>
/// for every slab of columns                      the right factor's part is packed, unless it has been, into panels shared by all tasks
///   for every block of rows × group of columns   a task
///     for every MaxRows rows of the block
///       for every MaxDepth steps of depth        the left factor's part is packed
///         for every panel of columns
///           for every tile of rows               multiplied in registers, added to the tile's partial sums; behind the last depth: epilogue
/// </code>
/// Source: Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008.
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
    private readonly bool readsLeft;
    private readonly bool isShort;
    private readonly bool fetches;
    private float* packed;
    private int slabStart;
    private int slabEnd;
    private int panelsPerTask;

    internal PackedProduct(in GemmOperands operands, ref TEpilogue epilogue)
    {
        this.operands = operands;
        this.epilogue = Unsafe.AsPointer(ref epilogue);
        rowsPerBlock = GemmBlocking.RowsPerBlock<V>(operands.M);
        rowBlocks = GemmBlocking.CeilingDivide(operands.M, rowsPerBlock);
        depthPerBlock = GemmBlocking.DepthPerBlock(operands.K);
        readsLeft = GemmBlocking.CeilingDivide(operands.N, TileColumns) <= GemmBlocking.MaxPanelsOnLinesInPlace
            || (operands.ADepth == 1 && operands.K <= GemmBlocking.MaxDepthOfLinesInPlace);
        fetches = Sse.IsSupported && TEpilogue.MayBeForeseen && (long)operands.M * operands.N >= GemmBlocking.LeastProductToFetch;
        isShort = operands.M <= GemmBlocking.MaxRows && operands.PackedB is null;
    }

    private static int TileColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => RightPanels<V, TTile>.Columns;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int threads)
    {
        if (isShort || operands.PackedB is not null)
        {
            packed = operands.PackedB;
            slabEnd = operands.N;
            RunSlab(threads);
            return;
        }

        long fitting = GemmBlocking.MaxPacked / int.Max(operands.K, 1) / TileColumns;
        int slabColumns = (int)long.Clamp(fitting, 1, GemmBlocking.CeilingDivide(operands.N, TileColumns)) * TileColumns;
        packed = Scratch.Shared((long)slabColumns * operands.K);
        for (slabStart = 0; slabStart < operands.N; slabStart = slabEnd)
        {
            slabEnd = (int)long.Min((long)slabStart + slabColumns, operands.N);
            RunSlab(threads);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunSlab(int threads)
    {
        int panels = GemmBlocking.CeilingDivide(slabEnd - slabStart, TileColumns);
        void* state = Unsafe.AsPointer(ref this);
        if (!isShort && operands.PackedB is null)
        {
            // A task packs a few thousand elements at least.
            panelsPerTask = int.Max(1, 8192 / (TileColumns * int.Max(operands.K, 1)));
            WorkerPool.Shared.Run(GemmBlocking.CeilingDivide(panels, panelsPerTask), threads, state, &Pack);
        }

        // Groups of columns cost another packing of the left factor, so there are only as many as threads need.
        int blocks = isShort ? 1 : rowBlocks;
        int groups = threads == 1 ? 1 : int.Max(1, 4 * threads / blocks);
        panelsPerTask = int.Min(GemmBlocking.CeilingDivide(panels, int.Min(groups, panels)), int.Max(1, GemmBlocking.MaxColumns / TileColumns));
        WorkerPool.Shared.Run(blocks * GemmBlocking.CeilingDivide(panels, panelsPerTask), threads, state, &Multiply);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack(void* state, int task)
    {
        ref PackedProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PackedProduct<V, TTile, TEpilogue>>(state);
        int start = product.slabStart + (task * product.panelsPerTask * TileColumns);
        int end = int.Min(start + (product.panelsPerTask * TileColumns), product.slabEnd);
        RightPanels<V, TTile>.Pack(product.operands, start, end, product.PackedPanel(start));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(void* state, int task)
    {
        ref PackedProduct<V, TTile, TEpilogue> product = ref Unsafe.AsRef<PackedProduct<V, TTile, TEpilogue>>(state);
        int blocks = product.isShort ? 1 : product.rowBlocks;
        int start = product.slabStart + (task / blocks * product.panelsPerTask * TileColumns);
        int end = int.Min(start + (product.panelsPerTask * TileColumns), product.slabEnd);
        if (product.isShort)
        {
            product.MultiplyRows(0, product.operands.M, start, end);
            return;
        }

        int block = task % blocks;
        int lastRow = int.Min((block + 1) * product.rowsPerBlock, product.operands.M);
        for (int row = block * product.rowsPerBlock; row < lastRow;)
        {
            int next = int.Min(row + (GemmBlocking.MaxRows / TTile.Rows * TTile.Rows), lastRow);
            product.MultiplyRows(row, next, start, end);
            row = next;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float* PackedPanel(int column) => packed + ((nint)(column - slabStart) * operands.K);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void MultiplyRows(int row, int lastRow, int start, int end)
    {
        int rowTiles = GemmBlocking.CeilingDivide(lastRow - row, TTile.Rows);
        int columns = GemmBlocking.CeilingDivide(end - start, V.Count) * V.Count;
        bool onePass = operands.K <= depthPerBlock;
        int packedRows = rowTiles * TTile.Rows;
        long tiles = onePass ? TTile.Rows * TileColumns : (long)packedRows * columns;
        float* panel = Scratch.Local(((long)(TileColumns + packedRows) * depthPerBlock) + GemmBlocking.HalfPage + tiles);
        float* left = panel + ((nint)TileColumns * depthPerBlock);
        float* sums = left + ((nint)packedRows * depthPerBlock) + GemmBlocking.HalfPage;
        TEpilogue work = Unsafe.AsRef<TEpilogue>(epilogue); // a copy, whose fields live in registers
        int firstDepth = 0;
        do
        {
            int depth = int.Min(depthPerBlock, operands.K - firstDepth);
            bool last = firstDepth + depth == operands.K;
            int inPlace = readsLeft ? (lastRow - row) / TTile.Rows * TTile.Rows : 0;
            PackLeft(row + inPlace, lastRow, firstDepth, depth, left + ((nint)inPlace * depth));
            float* tile = sums;
            for (int column = start; column < end; column += TileColumns)
            {
                int vectors = RightPanels<V, TTile>.Vectors(column, end);
                nint stride = vectors * V.Count;
                float* right = isShort ? Right(column, vectors, end, firstDepth, depth, panel, ref stride) : PackedPanel(column) + (firstDepth * stride);
                for (int tileRow = row; tileRow < lastRow; tileRow += TTile.Rows)
                {
                    LeftLines lines = tileRow - row < inPlace
                        ? new(operands.A + (tileRow * operands.ARow) + (firstDepth * operands.ADepth), operands.ARow, operands.ADepth)
                        : new(left + ((nint)(tileRow - row) * depth), 1, TTile.Rows);
                    if (last && fetches)
                    {
                        Fetch(ref work, tileRow, int.Min(tileRow + TTile.Rows, lastRow), column, int.Min(column + TileColumns, end));
                    }

                    TTile.Multiply<V>(vectors, depth, lines, right, stride, tile, add: firstDepth > 0);
                    if (last)
                    {
                        Finish(ref work, tileRow, int.Min(tileRow + TTile.Rows, lastRow), column, vectors, tile);
                    }

                    tile += onePass ? 0 : TTile.Rows * vectors * V.Count;
                }
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

        Packing.Pack<V>(source, operands.BColumn, operands.BDepth, int.Min(TileColumns, end - column), depth, panel, vectors * V.Count);
        return panel;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void PackLeft(int row, int lastRow, int firstDepth, int depth, float* left)
    {
        float* source = operands.A + (row * operands.ARow) + (firstDepth * operands.ADepth);
        if (operands.ARow == 1)
        {
            Packing.CopyPanels<V>(source, operands.ADepth, lastRow - row, depth, left, TTile.Rows);
            return;
        }

        for (; row < lastRow; row += TTile.Rows)
        {
            Packing.Pack<V>(source, operands.ARow, operands.ADepth, int.Min(TTile.Rows, lastRow - row), depth, left, TTile.Rows);
            source += TTile.Rows * operands.ARow;
            left += (nint)depth * TTile.Rows;
        }
    }

    /// <summary>Asks the caches for what the epilogue will load and store: it arrives while the tile is multiplied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Fetch(ref TEpilogue work, int row, int lastRow, int firstColumn, int end)
    {
        int block = BlockOf(row);
        for (; row < lastRow; row++)
        {
            for (int column = firstColumn; column < end; column += 2 * Touch.Count)
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
}
