using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ModelGen.Threading;
using Xunit;

namespace ModelGen.Runtime.Tests.Cpu;

[Collection(SeveralThreads.Name)]
public unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(1000)]
    public void EveryTaskRunsOnce(int tasks)
    {
        int* counts = stackalloc int[1000];
        for (int threads = 1; threads <= 9; threads++)
        {
            new Span<int>(counts, 1000).Clear();
            WorkerPool.Shared.Run(tasks, threads, counts, &Count);
            Assert.Equal(Enumerable.Repeat(1, tasks), new Span<int>(counts, tasks).ToArray());
        }
    }

    [Fact]
    public void ManyShortLaunchesFollowEachOther()
    {
        int* counts = stackalloc int[16];
        for (int launch = 1; launch <= 20_000; launch++)
        {
            WorkerPool.Shared.Run(16, 3, counts, &Count);
        }

        Assert.Equal(Enumerable.Repeat(20_000, 16), new Span<int>(counts, 16).ToArray());
    }

    [Fact]
    public void WorkersWakeAfterTheySlept()
    {
        int* seen = stackalloc int[1];
        for (int launch = 0; launch < 5; launch++)
        {
            Thread.Sleep(20);
            *seen = 0;
            WorkerPool.Shared.Run(4, 4, seen, &Meet); // ends only when four threads have met
            Assert.Equal(4, *seen);
        }
    }

    [Fact]
    public void WorkersMaySleepBeforeTheCallerIsDone()
    {
        int* counts = stackalloc int[4];
        for (int launch = 1; launch <= 5; launch++)
        {
            WorkerPool.Shared.Run(4, 4, counts, &CountFirstSlowly);
            Assert.Equal(Enumerable.Repeat(launch, 4), new Span<int>(counts, 4).ToArray());
        }
    }

    [Fact]
    public void AnExceptionReachesTheCallerAndThePoolGoesOn()
    {
        int* counts = stackalloc int[100];
        for (int round = 0; round < 50; round++)
        {
            Assert.Equal("13", Assert.Throws<InvalidOperationException>(() => WorkerPool.Shared.Run(100, 7, null, &Throw)).Message);
        }

        WorkerPool.Shared.Run(100, 7, counts, &Count);
        Assert.Equal(100, new Span<int>(counts, 100).ToArray().Sum());
    }

    [Fact]
    public void ALaunchInsideALaunchRunsOnItsCaller()
    {
        int* counts = stackalloc int[8];
        WorkerPool.Shared.Run(8, 7, counts, &Nest);
        Assert.Equal(Enumerable.Repeat(8, 8), new Span<int>(counts, 8).ToArray());
    }

    [Fact]
    public void LaunchesBesideEachOtherAreCorrect() => Parallel.For(0, 8, _ =>
    {
        int* counts = stackalloc int[64];
        for (int launch = 0; launch < 500; launch++)
        {
            WorkerPool.Shared.Run(64, 7, counts, &Count);
        }

        Assert.Equal(Enumerable.Repeat(500, 64), new Span<int>(counts, 64).ToArray());
    });

    [Fact]
    public void ALaunchAllocatesNothing()
    {
        int* counts = stackalloc int[64];
        Assert.Equal(0, SevenThreads.Allocated(() => WorkerPool.Shared.Run(64, 7, counts, &Count)));
    }

    private static void Count(void* state, int task) => Interlocked.Increment(ref ((int*)state)[task]);

    private static void CountFirstSlowly(void* state, int task)
    {
        if (task == 0)
        {
            Thread.Sleep(20); // far longer than a worker stays awake
        }

        Count(state, task);
    }

    private static void Nest(void* state, int task) => WorkerPool.Shared.Run(8, 7, state, &Count);

    private static void Throw(void* state, int task)
    {
        if (task == 13)
        {
            throw new InvalidOperationException("13");
        }
    }

    private static void Meet(void* state, int task)
    {
        Interlocked.Increment(ref *(int*)state);
        SpinWait.SpinUntil(() => Volatile.Read(ref *(int*)state) == 4, TimeSpan.FromSeconds(20));
    }
}
