using System;
using System.Runtime.CompilerServices;
using ModelGen.Entries;
using ModelGen.Threading;

namespace ModelGen.Cpu;

/// <content>Products whose columns are equal parts.</content>
public static unsafe partial class Gemm
{
    /// <summary>The product <c>a · b</c>, [m, n], whose columns are equal parts that an epilogue sees together.</summary>
    /// <remarks>
    /// It has the same sums as <see cref="Run{TEpilogue}(int, int, int, Buffer{float}, bool, Buffer{float}, bool, in TEpilogue, Frame)"/>; only where parts are so narrow that they are stored
    /// first, and a slab of rows ends with four or fewer, these may be added in another order, the same for any number of threads.
    /// </remarks>
    /// <param name="m">Rows of the product.</param>
    /// <param name="n">Columns of the product: a multiple of the number of parts.</param>
    /// <param name="k">Terms of each sum; 0 makes a product of zeros.</param>
    /// <param name="a">[m, k], or [k, m] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeA">Whether <paramref name="a"/> is stored transposed.</param>
    /// <param name="b">[k, n], or [n, k] where it is transposed; rows lie behind each other.</param>
    /// <param name="transposeB">Whether <paramref name="b"/> is stored transposed.</param>
    /// <param name="epilogue">Receives the product.</param>
    /// <param name="frame">The call that the product belongs to.</param>
    public static void RunParts<TEpilogue>(
        int m, int n, int k, Buffer<float> a, bool transposeA, Buffer<float> b, bool transposeB, in TEpilogue epilogue, Frame frame)
        where TEpilogue : struct, IGemmPartsEpilogue
    {
        ArgumentNullException.ThrowIfNull(frame);
        int parts = StoredParts<Simd1, TEpilogue>.AreWorthIt(n / TEpilogue.Parts, SimdWidth.Lanes) ? 1 : TEpilogue.Parts;
        var operands = new GemmOperands(m, n, k, a.Start, transposeA, b.Start, transposeB) { Parts = parts };
        AlignedBuffer? panels = frame.ConstantFactors?.Find(operands);
        RunParts(panels is null ? operands : operands with { PackedB = panels.Floats.Start }, epilogue, frame.Threads);
        GC.KeepAlive(panels);
    }

    /// <summary>The product of factors that belong to no call, in parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunParts<TEpilogue>(in GemmOperands operands, in TEpilogue epilogue, int threads)
        where TEpilogue : struct, IGemmPartsEpilogue
    {
        TEpilogue copy = epilogue;
        var work = new OneProductInParts<TEpilogue>(operands, ref copy, threads);
        SimdWidth.Run(ref work);
    }

    /// <summary>The product with vectors of a chosen width, in parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void MultiplyParts<V, TEpilogue>(in GemmOperands operands, ref TEpilogue epilogue, int threads)
        where V : struct, ISimd<V>
        where TEpilogue : struct, IGemmPartsEpilogue
    {
        if (operands.M == 0 || operands.N == 0)
        {
            return;
        }

        Bypass.Choose((long)operands.M * operands.N);
        threads = operands.IsSmall ? 1 : int.Min(threads, WorkerPool.Shared.Threads);
        if (operands.IsNarrow)
        {
            new NarrowParts<V, TEpilogue>(operands, ref epilogue).Run(threads);
        }
        else if (operands.Parts == 1)
        {
            new StoredParts<V, TEpilogue>(operands, ref epilogue).Run(threads);
        }
        else if (GemmBlocking.HasManyRegisters<V>())
        {
            new PartsProduct<V, WideTile, TEpilogue>(operands, ref epilogue).Run(threads);
        }
        else
        {
            new PartsProduct<V, NarrowTile, TEpilogue>(operands, ref epilogue).Run(threads);
        }
    }

    private readonly struct OneProductInParts<TEpilogue>(GemmOperands operands, ref TEpilogue epilogue, int threads) : ISimdWork
        where TEpilogue : struct, IGemmPartsEpilogue
    {
        private readonly void* epilogue = Unsafe.AsPointer(ref epilogue);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>()
            where V : struct, ISimd<V> => MultiplyParts<V, TEpilogue>(operands, ref Unsafe.AsRef<TEpilogue>(epilogue), threads);
    }
}
