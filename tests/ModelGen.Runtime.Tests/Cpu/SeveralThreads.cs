using System;
using System.Runtime.CompilerServices;
using ModelGen.Threading;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

/// <summary>Tests that need several threads however few processors there are; they run while nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class SeveralThreads : ICollectionFixture<SevenThreads>
{
    public const string Name = "threads";
}

/// <summary>A pool of seven threads in the place of the usual one.</summary>
public sealed class SevenThreads : IDisposable
{
    private readonly WorkerPool before = WorkerPool.Shared;

    public SevenThreads() => WorkerPool.Shared = new WorkerPool(7);

    public void Dispose() => WorkerPool.Shared = before;

    /// <summary>What an action allocates on the managed heap, on all threads, once it is warm: the least of several runs.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long Allocated(Action action)
    {
        long least = long.MaxValue;
        for (int round = 0; round < 10; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            action();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
