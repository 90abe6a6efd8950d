using System;

namespace ModelGen.Tests.Training;

/// <summary>Measures what a call allocates once it has made its workspaces.</summary>
internal static class Allocations
{
    public static long Of(Action call)
    {
        call();
        call();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
        {
            call();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

internal sealed class Listener(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
