using System.Runtime.CompilerServices;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>Runs kernels over their iteration space on one or several threads.</summary>
/// <remarks>
/// The space is cut into blocks by its shape alone, and blocks share nothing: results are the same to the last bit for any number of threads.
/// A space of one block, and a launch inside a launch, runs on the caller's thread. Nothing is allocated but the first time.
/// </remarks>
public static unsafe class Launch
{
    /// <summary>The most blocks of rows that a kernel sees: how many partial results a sum over rows must have room for.</summary>
    public const int MaxBlocks = 64;

    // Two to ten microseconds of work: less is not worth another thread.
    private const int ElementsPerBlock = 8192;

    /// <summary>The number of blocks that <see cref="Rows"/> cuts rows into: a function of the shape only.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="elementsPerRow">About how many elements one row works on.</param>
    /// <returns>At most <see cref="MaxBlocks"/>; 0 for no rows. Every block has a row at least.</returns>
    public static int RowBlocks(int rows, int elementsPerRow)
    {
        long elements = (long)rows * long.Max(elementsPerRow, 1);
        long blocks = (elements + ElementsPerBlock - 1) / ElementsPerBlock;
        return (int)long.Min(long.Min(blocks, rows), MaxBlocks);
    }

    /// <summary>Runs a kernel over rows; block <c>b</c> of <c>n</c> has the rows from ⌊b · rows / n⌋ on.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="elementsPerRow">About how many elements one row works on.</param>
    /// <param name="threads">The most threads to use.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows<TKernel>(in TKernel kernel, int rows, int elementsPerRow, int threads)
        where TKernel : struct, IRowKernel
    {
        TKernel copy = kernel;
        Bypass.Choose((long)rows * elementsPerRow);
        var launch = new RowLaunch<TKernel>(Unsafe.AsPointer(ref copy), rows, RowBlocks(rows, elementsPerRow), threads);
        SimdWidth.Run(ref launch);
    }

    /// <summary>Runs a kernel over elements.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="count">The number of elements.</param>
    /// <param name="threads">The most threads to use.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Elements<TKernel>(in TKernel kernel, nint count, int threads)
        where TKernel : struct, IElementKernel
    {
        TKernel copy = kernel;
        Bypass.Choose(count);
        var launch = new ElementLaunch<TKernel>(Unsafe.AsPointer(ref copy), count, threads);
        SimdWidth.Run(ref launch);
    }

    /// <summary>Adds up what blocks of rows left: <c>destination[c] = Σ partials[b, c]</c>, the blocks in ascending order.</summary>
    /// <param name="partials">The partial sums, [blocks, columns].</param>
    /// <param name="blocks">The number of blocks; 0 gives zeros.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the sums, [columns].</param>
    public static void SumBlocks(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) =>
        Elements(new BlockSum(partials, blocks, columns, destination), columns, threads: 1);

    /// <summary>The greatest of what blocks of rows left: <c>destination[c] = max partials[b, c]</c>, NaN where any is NaN.</summary>
    /// <param name="partials">The partial maxima, [blocks, columns].</param>
    /// <param name="blocks">The number of blocks; 0 gives −∞.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the maxima, [columns].</param>
    public static void MaximizeBlocks(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) =>
        Elements(new BlockMaximum(partials, blocks, columns, destination), columns, threads: 1);

    /// <summary>Multiplies what blocks of rows left: <c>destination[c] = Π partials[b, c]</c>, the blocks in ascending order.</summary>
    /// <param name="partials">The partial products, [blocks, columns].</param>
    /// <param name="blocks">The number of blocks; 0 gives ones.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="destination">Receives the products, [columns].</param>
    public static void MultiplyBlocks(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) =>
        Elements(new BlockProduct(partials, blocks, columns, destination), columns, threads: 1);

    private readonly struct RowLaunch<TKernel>(void* kernel, int rows, int blocks, int threads) : ISimdWork
        where TKernel : struct, IRowKernel
    {
        private readonly void* kernel = kernel;
        private readonly int rows = rows;
        private readonly int blocks = blocks;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V>
        {
            RowLaunch<TKernel> launch = this;
            WorkerPool.Shared.Run(blocks, threads, &launch, &RunBlock<V>);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RunBlock<V>(void* state, int block)
            where V : struct, ISimd<V>
        {
            ref RowLaunch<TKernel> launch = ref Unsafe.AsRef<RowLaunch<TKernel>>(state);
            TKernel kernel = Unsafe.AsRef<TKernel>(launch.kernel); // a copy, whose fields live in registers
            int first = (int)((long)block * launch.rows / launch.blocks);
            int end = (int)((block + 1L) * launch.rows / launch.blocks);
            kernel.Run<V>(block, first, end);
            Bypass.Settle();
        }
    }

    private readonly struct ElementLaunch<TKernel>(void* kernel, nint count, int threads) : ISimdWork
        where TKernel : struct, IElementKernel
    {
        private readonly void* kernel = kernel;
        private readonly nint count = count;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V>
        {
            ElementLaunch<TKernel> launch = this;
            WorkerPool.Shared.Run((int)((count + ElementsPerBlock - 1) / ElementsPerBlock), threads, &launch, &RunBlock<V>);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RunBlock<V>(void* state, int block)
            where V : struct, ISimd<V>
        {
            ref ElementLaunch<TKernel> launch = ref Unsafe.AsRef<ElementLaunch<TKernel>>(state);
            TKernel kernel = Unsafe.AsRef<TKernel>(launch.kernel); // a copy, whose fields live in registers
            nint index = (nint)block * ElementsPerBlock;
            nint end = nint.Min(index + ElementsPerBlock, launch.count);
            nint last = end - V.Count;
            if (index <= last)
            {
                // Tested behind the body: the JIT takes constants out of a loop only if it is sure to be entered.
                do
                {
                    kernel.Run<V, AllLanes>(index, default);
                    index += V.Count;
                }
                while (index <= last);
            }

            if (index < end)
            {
                RunRest<V>(kernel, index, (int)(end - index));
            }

            Bypass.Settle();
        }

        // A method of its own, and called: the JIT inlines only so much into one method, and a second copy of a long kernel would be too much.
        [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
        private static void RunRest<V>(TKernel kernel, nint index, int count)
            where V : struct, ISimd<V> => kernel.Run<V, FirstLanes>(index, new FirstLanes(count));
    }

    private readonly struct BlockSum(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V sum = V.Zero;
            for (nint block = 0; block < blocks; block++)
            {
                sum += V.Load(partials, (block * columns) + index, lanes);
            }

            V.Store(destination, index, sum, lanes);
        }
    }

    private readonly struct BlockMaximum(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V greatest = V.Broadcast(float.NegativeInfinity);
            for (nint block = 0; block < blocks; block++)
            {
                greatest = V.Max(greatest, V.Load(partials, (block * columns) + index, lanes));
            }

            V.Store(destination, index, greatest, lanes);
        }
    }

    private readonly struct BlockProduct(Buffer<float> partials, int blocks, int columns, Buffer<float> destination) : IElementKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, L>(nint index, L lanes)
            where V : struct, ISimd<V>
            where L : struct, ILanes
        {
            V product = V.Broadcast(1f);
            for (nint block = 0; block < blocks; block++)
            {
                product *= V.Load(partials, (block * columns) + index, lanes);
            }

            V.Store(destination, index, product, lanes);
        }
    }
}
