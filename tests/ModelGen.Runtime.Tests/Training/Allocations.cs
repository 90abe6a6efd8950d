using System;

namespace ModelGen.Tests.Training;

/// <summary>Measures what a call allocates once it has made its workspaces.</summary>
internal static class Allocations
{
    /// <summary>The bytes that ten calls allocate: the least of several tens, as the JIT may replace a method's code at any time and then allocates for it.</summary>
    public static long Of(Action call)
    {
        call();
        call();
        long least = long.MaxValue;
        for (int round = 0; round < 3 && least > 0; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10; i++)
            {
                call();
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

internal sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
