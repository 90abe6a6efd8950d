using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModelGen.Benchmarks.Sides;
using ModelGen.Cpu;
using ModelGen.Entries;

namespace ModelGen.Benchmarks.Works;

/// <summary>The machine's limit for arithmetic: multiply-adds in registers, by every thread at once.</summary>
internal sealed class MultiplyAddWork(int threads) : IWork
{
    private const int Rounds = 100_000;

    /// <summary>The operations of one run: two for every lane of twelve sums.</summary>
    public static double Operations(int threads) => 2.0 * 12 * Rounds * SimdWidth.Lanes * threads;

    public float[] Result() => [];

    public void Run() => Launch.Rows(default(Sums), threads, 1 << 20, threads);

    public void Dispose()
    {
    }

    private readonly struct Sums : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            V a = V.Iota(0.1f), b = V.Broadcast(0.5f);
            V s0 = a, s1 = a, s2 = a, s3 = a, s4 = a, s5 = a, s6 = a, s7 = a, s8 = a, s9 = a, s10 = a, s11 = a;
            for (int round = 0; round < Rounds; round++)
            {
                s0 = V.MultiplyAdd(s0, b, a);
                s1 = V.MultiplyAdd(s1, b, a);
                s2 = V.MultiplyAdd(s2, b, a);
                s3 = V.MultiplyAdd(s3, b, a);
                s4 = V.MultiplyAdd(s4, b, a);
                s5 = V.MultiplyAdd(s5, b, a);
                s6 = V.MultiplyAdd(s6, b, a);
                s7 = V.MultiplyAdd(s7, b, a);
                s8 = V.MultiplyAdd(s8, b, a);
                s9 = V.MultiplyAdd(s9, b, a);
                s10 = V.MultiplyAdd(s10, b, a);
                s11 = V.MultiplyAdd(s11, b, a);
            }

            Keep(V.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11));
        }

        /// <summary>Without a use the sums would not be calculated.</summary>
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static void Keep(float sum) => _ = sum;
    }
}

/// <summary>The machine's limit for memory: reads some arrays and writes others, with as little arithmetic as there can be.</summary>
/// <remarks>What is written is either an array of its own or, in place, one that is read. Arrays of their own may bypass the caches.</remarks>
internal sealed class StreamWork : IWork
{
    private const int ElementsPerBlock = 8192;
    private readonly AlignedBuffer reads;
    private readonly AlignedBuffer writes;
    private readonly Copy copy;
    private readonly int blocks;
    private readonly int threads;

    /// <summary>Makes the arrays.</summary>
    /// <param name="count">Floats in each array; a multiple of the block.</param>
    /// <param name="read">How many are read.</param>
    /// <param name="written">How many are written.</param>
    /// <param name="kind"><c>in-place</c>, <c>cached</c> or <c>bypassing</c>.</param>
    /// <param name="threads">The number of threads.</param>
    public StreamWork(int count, int read, int written, string kind, int threads)
    {
        reads = new AlignedBuffer((long)count * read);
        writes = kind == "in-place" ? reads : new AlignedBuffer((long)count * written);
        reads.Span(0, (int)reads.Length).Fill(1f); // pages that nobody has written are one page of zeros
        writes.Span(0, (int)writes.Length).Fill(1f);
        copy = new Copy(reads.Floats, writes.Floats, count, read, written, kind == "bypassing");
        (blocks, this.threads) = (count / ElementsPerBlock, threads);
    }

    public float[] Result() => [];

    public void Run() => Launch.Rows(copy, blocks, ElementsPerBlock, threads);

    public void Dispose()
    {
    }

    private readonly unsafe struct Copy(Buffer<float> reads, Buffer<float> writes, nint count, int read, int written, bool bypassing) : IRowKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            float* source = reads.Start, destination = writes.Start;
            for (nint i = (nint)first * ElementsPerBlock; i < (nint)end * ElementsPerBlock; i += 16)
            {
                Vector512<float> value = Vector512.Load(source + i);
                for (nint array = 1; array < read; array++)
                {
                    value = Vector512.Max(value, Vector512.Load(source + (array * count) + i));
                }

                for (nint array = 0; array < written; array++)
                {
                    float* place = destination + (array * count) + i;
                    if (bypassing)
                    {
                        value.StoreAlignedNonTemporal(place);
                    }
                    else
                    {
                        value.Store(place);
                    }
                }
            }
        }
    }
}
