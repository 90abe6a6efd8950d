using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ModelGen.Benchmarks.Sides;

/// <summary>
/// A side of a comparison is a process that is asked for one thing at a time, a line each, and answers with a line:
/// <code>
/// open THREADS NAME ARGUMENTS…   ready | none (there is no such work on this side)
/// result                         the numbers that came out of it
/// run COUNT                      the seconds that it takes once: the mean of so many times, after one that is not counted if it is short
/// memory                         the high-water mark of this process's memory since `open`, in bytes
/// </code>
/// Each side in a process of its own: their threads, caches of memory and garbage collectors do not meet.
/// </summary>
internal static class SideProgram
{
    /// <summary>What a side's first line begins with.</summary>
    public const string Greeting = "side: ";

    private const double ShortSeconds = 0.02;

    /// <summary>Answers until there are no more lines.</summary>
    /// <param name="who">Who answers, and which version.</param>
    /// <param name="open">Makes a work from its threads, name and arguments; null where it has none of that name.</param>
    public static void Serve(string who, Func<int, string[], IWork?> open)
    {
        TextWriter output = Console.Out;
        output.WriteLine(Greeting + who);
        output.Flush();
        IWork? work = null;
        long before = 0;
        double last = 0;
        while (Console.In.ReadLine() is string line)
        {
            string[] words = line.Split(' ');
            switch (words[0])
            {
                case "open":
                    work?.Dispose();
                    work = null;
                    GiveMemoryBack();
                    ResetPeakMemory();
                    before = PeakMemory();
                    last = 0;
                    work = open(int.Parse(words[1], CultureInfo.InvariantCulture), words[2..]);
                    output.WriteLine(work is null ? "none" : "ready");
                    break;
                case "result":
                    output.WriteLine(string.Join(' ', work!.Result().Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
                    break;
                case "run":
                    if (last < ShortSeconds)
                    {
                        work!.Run();
                    }

                    output.WriteLine((last = Time(work!, int.Parse(words[1], CultureInfo.InvariantCulture))).ToString("R", CultureInfo.InvariantCulture));
                    break;
                case "memory":
                    output.WriteLine((PeakMemory() - before).ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"'{line}' is not understood.", nameof(open));
            }

            output.Flush();
        }

        work?.Dispose();
    }

    /// <summary>What is no longer used, arrays of peers that only finalizers free among it: several works of some hundred megabytes each fill a machine.</summary>
    private static void GiveMemoryBack()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    private static double Time(IWork work, int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            work.Run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }

    /// <summary>Begins the high-water mark anew, at what there is now.</summary>
    private static void ResetPeakMemory() => File.WriteAllText("/proc/self/clear_refs", "5");

    /// <summary>Linux's high-water mark of resident memory.</summary>
    private static long PeakMemory()
    {
        string line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024 * long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture);
    }
}
