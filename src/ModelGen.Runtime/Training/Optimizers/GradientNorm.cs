using System;
using System.Runtime.CompilerServices;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen;

/// <summary>The Euclidean norm of gradients: squares are added up in chunks of fixed length, then the chunks in their order, in
/// double.</summary>
/// <remarks>The sum does not depend on the number of threads, since neither the chunks nor the order do.</remarks>
internal sealed class GradientNorm(long capacity)
{
    private const int Chunk = 4096;
    private readonly AlignedBuffer partials = new((capacity + Chunk - 1) / Chunk);

    /// <summary>The sum of squares.</summary>
    public double SumOfSquares(Buffer<float> values, long count, int threads)
    {
        int chunks = checked((int)((count + Chunk - 1) / Chunk));
        Launch.Rows(new Squares(values, count, partials.Floats), chunks, Chunk, threads);
        double sum = 0;
        for (nint i = 0; i < chunks; i++)
        {
            sum += partials.Floats[i];
        }

        GC.KeepAlive(partials);
        return sum;
    }

    private readonly struct Squares(Buffer<float> values, long count, Buffer<float> sums) : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            for (int chunk = first; chunk < end; chunk++)
            {
                nint start = (nint)chunk * Chunk;
                sums[chunk] = Sum<V>(start, (nint)Math.Min(count, (long)start + Chunk));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private float Sum<V>(nint start, nint end)
            where V : struct, ISimd<V>
        {
            V sum = V.Zero;
            nint i = start;
            for (; i <= end - V.Count; i += V.Count)
            {
                V value = V.Load(values, i);
                sum = V.MultiplyAdd(value, value, sum);
            }

            V last = V.Load(values, i, new FirstLanes((int)(end - i)));
            return V.Sum(V.MultiplyAdd(last, last, sum));
        }
    }
}
