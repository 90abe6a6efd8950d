using System;
using System.Diagnostics;
using System.Linq;
using ModelGen.Gpu;

namespace ModelGen.Benchmarks.Gpu;

/// <summary>Measures several ways to do something in turns, so that what disturbs the machine disturbs all of them.</summary>
internal static class Turns
{
    private const double SecondsPerRound = 0.1;
    private const int MostRepeats = 10_000;

    /// <summary>The median over the rounds of each turn.</summary>
    /// <param name="rounds">How often each has its turn.</param>
    /// <param name="turns">Each gives the seconds that its work takes.</param>
    public static double[] Medians(int rounds, params Func<double>[] turns)
    {
        double[][] seconds = [.. turns.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < turns.Length; turn++)
            {
                seconds[turn][round] = turns[turn]();
            }
        }

        return [.. seconds.Select(each => each.Order().ElementAt(rounds / 2))];
    }

    /// <summary>A turn on a device.</summary>
    public static Func<double> On(GpuAccelerator accelerator, Action work) => Of(work, accelerator.Synchronize);

    /// <summary>A turn: the work is started many times and waited for once.</summary>
    public static Func<double> Of(Action work, Action wait)
    {
        int repeats = 0;
        return () =>
        {
            if (repeats == 0)
            {
                // The first compiles and takes memory, the second shows how long one is.
                Time(1);
                repeats = (int)Math.Clamp(SecondsPerRound / Time(1), 1, MostRepeats);
            }

            return Time(repeats);
        };

        double Time(int count)
        {
            long start = Stopwatch.GetTimestamp();
            for (int repeat = 0; repeat < count; repeat++)
            {
                work();
            }

            wait();
            return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
        }
    }
}
