using System;
using BenchmarkDotNet.Attributes;
using ModelGen.Benchmarks.Sides;
using ModelGen.Benchmarks.Works;

namespace ModelGen.Benchmarks.Suites;

/// <summary>Kernels over rows of 1,024 values, and the update of ten million parameters: the works of the comparison, alone.</summary>
[ShortRunJob]
public class RowSuite : IDisposable
{
    private IWork? work;

    [Params("forward softmax 2048", "forward layernorm 2048", "forward gelu 2048", "training softmax 2048", "training layernorm 2048", "training gelu 2048", "training dropout 2048", "adam 10000000")]
    public string Work { get; set; } = string.Empty;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => work = OurWorks.Open(Threads, Work.Split(' '));

    [Benchmark]
    public void Run() => work!.Run();

    [GlobalCleanup]
    public void Dispose()
    {
        work?.Dispose();
        GC.SuppressFinalize(this);
    }
}
