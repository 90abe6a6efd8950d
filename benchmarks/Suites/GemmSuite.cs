using System;
using BenchmarkDotNet.Attributes;
using ModelGen.Benchmarks.Works;
using ModelGen.Cpu;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Matrix products of the shapes that models have: x · Wᵀ.</summary>
[ShortRunJob]
public class GemmSuite : IDisposable
{
    private NativeFloats? a;
    private NativeFloats? b;
    private NativeFloats? c;

    [Params("64,128,784", "512,512,512", "3200,10000,128")]
    public string Shape { get; set; } = string.Empty;

    [Params(1, 2)]
    public int Threads { get; set; }

    private int M { get; set; }

    private int N { get; set; }

    private int K { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] sizes = Array.ConvertAll(Shape.Split(','), int.Parse);
        (M, N, K) = (sizes[0], sizes[1], sizes[2]);
        (a, b, c) = (new NativeFloats(M * K), new NativeFloats(N * K), new NativeFloats(M * N));
    }

    [Benchmark]
    public void Product() => Gemm.Run(M, N, K, a!.Buffer, false, b!.Buffer, true, new StoreEpilogue(c!.Buffer, N), Threads);

    [GlobalCleanup]
    public void Dispose()
    {
        a?.Dispose();
        b?.Dispose();
        c?.Dispose();
        GC.SuppressFinalize(this);
    }
}
