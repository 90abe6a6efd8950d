using System;
using System.Runtime.CompilerServices;
using ModelGen.Entries;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <summary>Matrix products, with work fused behind them: every element is handed to an epilogue once, when it is finished.</summary>
/// <remarks>
/// The order of every sum depends on the shape and the instruction set alone: results are the same to the last bit for any number of threads.
/// Zeros are multiplied like other values, so NaN and ∞ in a factor reach the product. Nothing is allocated on the managed heap but the first time.
/// </remarks>
public static unsafe partial class Gemm
{
    /// <summary>The product <c>a · b</c>, [m, n].</summary>
    /// <param name="m">Rows of the product.</param>
    /// <param name="n">Columns of the product.</param>
    /// <param name="k">Terms of each sum; 0 makes a product of zeros.</param>
    /// <param name="a">[m, k], or [k, m] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> is stored transposed.</param>
    /// <param name="b">[k, n], or [n, k] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeB">Whether <paramref name="b"/> is stored transposed.</param>
    /// <param name="epilogue">Receives the product; its blocks are those of <see cref="RowBlocks"/>.</param>
    /// <param name="frame">The call that the product belongs to.</param>
    public static void Run<TEpilogue>(
        int m, int n, int k, Buffer<float> a, bool transposeA, Buffer<float> b, bool transposeB, in TEpilogue epilogue, Frame frame)
        where TEpilogue : struct, IGemmEpilogue
    {
        ArgumentNullException.ThrowIfNull(frame);
        Run(new GemmOperands(m, n, k, a.Start, transposeA, b.Start, transposeB), epilogue, frame);
    }

    /// <summary>The product of a call's factors.</summary>
    internal static void Run<TEpilogue>(in GemmOperands operands, in TEpilogue epilogue, Frame frame)
        where TEpilogue : struct, IGemmEpilogue
    {
        AlignedBuffer? panels = frame.ConstantFactors?.Find(operands);
        Run(panels is null ? operands : operands with { PackedB = panels.Floats.Start }, epilogue, frame.Threads);
        GC.KeepAlive(panels);
    }

    /// <summary>The product <c>f(a) · b</c>, [m, n], whose left factor is made of what lies in memory as it is read, and never stored.</summary>
    /// <param name="m">Rows of the product.</param>
    /// <param name="n">Columns of the product.</param>
    /// <param name="k">Terms of each sum; 0 makes a product of zeros.</param>
    /// <param name="a">[m, k], or [k, m] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> is stored transposed.</param>
    /// <param name="b">[k, n], or [n, k] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeB">Whether <paramref name="b"/> is stored transposed.</param>
    /// <param name="kernel">Makes the left factor and receives the product; its blocks are those of <see cref="RowBlocks"/>.</param>
    /// <param name="frame">The call that the product belongs to.</param>
    public static void RunWithPrologue<TKernel>(
        int m, int n, int k, Buffer<float> a, bool transposeA, Buffer<float> b, bool transposeB, in TKernel kernel, Frame frame)
        where TKernel : struct, IGemmPrologue, IGemmEpilogue
    {
        ArgumentNullException.ThrowIfNull(frame);
        var operands = new GemmOperands(m, n, k, a.Start, transposeA, b.Start, transposeB);
        AlignedBuffer? panels = frame.ConstantFactors?.Find(operands);
        RunWithPrologue(panels is null ? operands : operands with { PackedB = panels.Floats.Start }, kernel, frame.Threads);
        GC.KeepAlive(panels);
    }

    /// <summary>The product of factors that belong to no call, the left one made as it is read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunWithPrologue<TKernel>(in GemmOperands operands, in TKernel kernel, int threads)
        where TKernel : struct, IGemmPrologue, IGemmEpilogue
    {
        TKernel copy = kernel;
        var work = new ProductOfRead<TKernel>(operands, ref copy, threads);
        SimdWidth.Run(ref work);
    }

    /// <summary>The product of factors that belong to no call.</summary>
    internal static void Run<TEpilogue>(
        int m, int n, int k, Buffer<float> a, bool transposeA, Buffer<float> b, bool transposeB, in TEpilogue epilogue, int threads)
        where TEpilogue : struct, IGemmEpilogue => Run(new GemmOperands(m, n, k, a.Start, transposeA, b.Start, transposeB), epilogue, threads);

    /// <summary>The products of a batch of factors; the epilogue sees them as one of [batch · m, n].</summary>
    /// <param name="batch">The number of products.</param>
    /// <param name="m">Rows of each product.</param>
    /// <param name="n">Columns of each product.</param>
    /// <param name="k">Terms of each sum.</param>
    /// <param name="a">The first left factor: as in <see cref="Run{TEpilogue}(int, int, int, Buffer{float}, bool, Buffer{float}, bool, in TEpilogue, Frame)"/>.</param>
    /// <param name="strideA">The distance between left factors; 0 where all share one.</param>
    /// <param name="transposeA">Whether each is stored transposed.</param>
    /// <param name="b">The first right factor.</param>
    /// <param name="strideB">The distance between right factors; 0 where all share one.</param>
    /// <param name="transposeB">Whether each is stored transposed.</param>
    /// <param name="epilogue">Receives the products; its blocks are those of <see cref="BatchBlocks"/>.</param>
    /// <param name="threads">The most threads to use; each works on products of its own.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunBatch<TEpilogue>(
        int batch, int m, int n, int k, Buffer<float> a, nint strideA, bool transposeA, Buffer<float> b, nint strideB, bool transposeB,
        in TEpilogue epilogue, int threads)
        where TEpilogue : struct, IGemmEpilogue
    {
        TEpilogue copy = epilogue;
        var operands = new GemmOperands(m, n, k, a.Start, transposeA, b.Start, transposeB);
        var work = new BatchOfProducts<TEpilogue>(operands, batch, strideA, strideB, ref copy, threads);
        SimdWidth.Run(ref work);
    }

    /// <summary>The number of blocks of rows that an epilogue of one product sees: a function of the shape and the instruction set.</summary>
    /// <param name="m">Rows of the product.</param>
    /// <param name="n">Columns of the product.</param>
    /// <returns>At most <see cref="Launch.MaxBlocks"/>; 0 for an empty product.</returns>
    public static int RowBlocks(int m, int n)
    {
        int rows = SimdWidth.Lanes == 16 ? GemmBlocking.RowsPerBlock<Simd512>(m) : GemmBlocking.RowsPerBlock<Simd256>(m);
        return n == 0 ? 0 : GemmBlocking.CeilingDivide(m, rows);
    }

    /// <summary>The number of blocks that an epilogue of <see cref="RunBatch"/> sees: consecutive products share one.</summary>
    /// <param name="batch">The number of products.</param>
    /// <returns>At most <see cref="Launch.MaxBlocks"/>.</returns>
    public static int BatchBlocks(int batch) => int.Min(batch, Launch.MaxBlocks);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TEpilogue>(in GemmOperands operands, in TEpilogue epilogue, int threads)
        where TEpilogue : struct, IGemmEpilogue
    {
        TEpilogue copy = epilogue;
        var work = new OneProduct<TEpilogue>(operands, ref copy, threads);
        SimdWidth.Run(ref work);
    }

    /// <summary>The product with vectors of a chosen width.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<V, TEpilogue>(in GemmOperands operands, ref TEpilogue epilogue, int threads)
        where V : struct, ISimd<V>
        where TEpilogue : struct, IGemmEpilogue
    {
        if (operands.M == 0 || operands.N == 0)
        {
            return;
        }

        Bypass.Choose((long)operands.M * operands.N);
        threads = operands.IsSmall ? 1 : int.Min(threads, WorkerPool.Shared.Threads);
        if (operands.IsNarrow)
        {
            GemmOperands inMemory = operands.Reader is null ? operands : operands.ReadInto(Scratch.Local((long)operands.M * operands.K));
            new NarrowProduct<V, TEpilogue>(inMemory, ref epilogue).Run(threads);
        }
        else if (GemmBlocking.HasManyRegisters<V>())
        {
            new PackedProduct<V, WideTile, TEpilogue>(operands, ref epilogue).Run(threads);
        }
        else
        {
            new PackedProduct<V, NarrowTile, TEpilogue>(operands, ref epilogue).Run(threads);
        }
    }

    private readonly struct OneProduct<TEpilogue>(GemmOperands operands, ref TEpilogue epilogue, int threads) : ISimdWork
        where TEpilogue : struct, IGemmEpilogue
    {
        private readonly void* epilogue = Unsafe.AsPointer(ref epilogue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V> => Gemm.Multiply<V, TEpilogue>(operands, ref Unsafe.AsRef<TEpilogue>(epilogue), threads);
    }

    private readonly struct ProductOfRead<TKernel>(GemmOperands operands, ref TKernel kernel, int threads) : ISimdWork
        where TKernel : struct, IGemmPrologue, IGemmEpilogue
    {
        private readonly void* kernel = Unsafe.AsPointer(ref kernel);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V> =>
            Gemm.Multiply<V, TKernel>(operands with { Reader = LeftReader.For<V, TKernel>(kernel) }, ref Unsafe.AsRef<TKernel>(kernel), threads);
    }

    private readonly struct BatchOfProducts<TEpilogue>(
        GemmOperands operands, int batch, nint strideA, nint strideB, ref TEpilogue epilogue, int threads) : ISimdWork
        where TEpilogue : struct, IGemmEpilogue
    {
        private readonly GemmOperands operands = operands;
        private readonly int batch = batch;
        private readonly nint strideA = strideA;
        private readonly nint strideB = strideB;
        private readonly void* epilogue = Unsafe.AsPointer(ref epilogue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V>
        {
            BatchOfProducts<TEpilogue> products = this;
            WorkerPool.Shared.Run(BatchBlocks(batch), threads, &products, &RunBlock<V>);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RunBlock<V>(void* state, int block)
            where V : struct, ISimd<V>
        {
            ref BatchOfProducts<TEpilogue> products = ref Unsafe.AsRef<BatchOfProducts<TEpilogue>>(state);
            int blocks = BatchBlocks(products.batch);
            int end = (int)((block + 1L) * products.batch / blocks);
            for (int item = (int)((long)block * products.batch / blocks); item < end; item++)
            {
                GemmOperands operands = products.operands.Item(item, products.strideA, products.strideB, block);
                Gemm.Multiply<V, TEpilogue>(operands, ref Unsafe.AsRef<TEpilogue>(products.epilogue), threads: 1);
            }
        }
    }
}
