using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using ModelGen.Benchmarks.Works;
using ModelGen.Cpu;

namespace ModelGen.Benchmarks;

/// <summary>What one core can do at most, and how near our matrix product comes. Both are the best of many short runs.</summary>
internal static class Peak
{
    private const double Seconds = 0.5;

    public static void Print(TextWriter output)
    {
        double peak = 0;
        var multiplyAdds = new MultiplyAddWork(threads: 1);
        for (int round = 0; round < 3; round++)
        {
            peak = Math.Max(peak, Measure(MultiplyAddWork.Operations(threads: 1), multiplyAdds.Run));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"vectors of {SimdWidth.Lanes} floats, multiply-add peak {peak:F1} GFLOPS on one core"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"a launch on one thread {1e6 * SecondsPerLaunch(1):F2} µs, until two threads have met {1e6 * SecondsPerLaunch(2):F2} µs"));
        foreach ((int m, int n, int k) in new[]
        {
            (10000, 128, 3200), (64, 128, 784), (64, 10, 128), (128, 784, 64), (1, 128, 784), (32, 512, 128), (128, 128, 32), (256, 256, 256), (512, 512, 512),
            (1024, 1024, 1024), (1024, 1024, 256), (3200, 10000, 128), (3200, 128, 10000), (1, 10000, 128), (1024, 1, 256),
        })
        {
            double nn = Product(m, n, k, false, false, 1), nt = Product(m, n, k, false, true, 1), tn = Product(m, n, k, true, false, 1);
            double both = Product(m, n, k, false, true, 2);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{m,5} x {n,5} x {k,5}: a·b {nn,6:F1} ({100 * nn / peak:F0} % of peak)  a·bT {nt,6:F1}  aT·b {tn,6:F1}  a·bT, two threads {both,6:F1}"));
        }
    }

    private static unsafe double SecondsPerLaunch(int threads)
    {
        int arrived = 0;
        var meet = new Meet(new Buffer<int>(&arrived), threads);
        return 1e-9 / Measure(1, () =>
        {
            meet.Reset();
            Launch.Rows(meet, 2, 1 << 20, threads);
        });
    }

    private static double Product(int m, int n, int k, bool transposeA, bool transposeB, int threads)
    {
        using var a = new NativeFloats(m * k);
        using var b = new NativeFloats(k * n);
        using var c = new NativeFloats(m * n);
        var store = new StoreEpilogue(c.Buffer, n);
        return Measure(2.0 * m * n * k, () => Gemm.Run(m, n, k, a.Buffer, transposeA, b.Buffer, transposeB, store, threads));
    }

    private static double Measure(double operations, Action action)
    {
        action();
        int repeats = (int)Math.Clamp(2e6 / operations, 1, 10000);
        double best = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;)
        {
            long from = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                action();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(from).TotalSeconds / repeats);
        }

        return operations / best / 1e9;
    }

    /// <summary>Every block waits, for a while, until all threads have come.</summary>
    private readonly struct Meet(Buffer<int> arrived, int threads) : IRowKernel
    {
        public void Reset() => arrived[0] = 0;

        public void Run<V>(int block, int first, int end)
            where V : struct, ISimd<V>
        {
            Interlocked.Increment(ref arrived[0]);
            for (int patience = 1000; patience > 0 && Volatile.Read(ref arrived[0]) < threads; patience--)
            {
                Thread.SpinWait(1);
            }
        }
    }
}
