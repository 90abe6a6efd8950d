using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;

namespace ModelGen.Benchmarks.Compare;

/// <summary>
/// A side of the comparison: a process that <see cref="Sides.SideProgram"/> runs. It stands still unless it is asked: threads that go on spinning behind
/// their last work, as those of the peers do for a while, would take a processor from the next side.
/// </summary>
internal sealed partial class Side : IDisposable
{
    private const int Stop = 19, Continue = 18;

    private readonly Process process;

    private Side(string name, Process process, string greeting)
    {
        (Name, this.process, Greeting) = (name, process, greeting);
        Send(Stop);
    }

    public string Name { get; }

    /// <summary>Gets who answers, and which version.</summary>
    public string Greeting { get; }

    /// <summary>Starts a side; null where the process ends before it can answer, because a library is missing or too new for this machine.</summary>
    public static Side? Start(string name, ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        Process process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        if (process.StandardOutput.ReadLine() is string line && line.StartsWith(Sides.SideProgram.Greeting, StringComparison.Ordinal))
        {
            return new Side(name, process, line[Sides.SideProgram.Greeting.Length..]);
        }

        process.StandardInput.Close();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.Dispose();
        return null;
    }

    /// <summary>Makes a work; false where this side has none of that name.</summary>
    public bool Open(string work, int threads) => Ask(string.Create(CultureInfo.InvariantCulture, $"open {threads} {work}")) == "ready";

    /// <summary>What came out of the work.</summary>
    public float[] Result() =>
        [.. Ask("result").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => float.Parse(word, CultureInfo.InvariantCulture))];

    /// <summary>The seconds that the work takes once, as the mean of so many times.</summary>
    public double Seconds(int count) => double.Parse(Ask(string.Create(CultureInfo.InvariantCulture, $"run {count}")), CultureInfo.InvariantCulture);

    /// <summary>The high-water mark of the process's memory since the work was opened, in bytes.</summary>
    public long Memory() => long.Parse(Ask("memory"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        Send(Continue);
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private void Send(int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new IOException($"{Name} has ended.");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private string Ask(string question)
    {
        Send(Continue);
        process.StandardInput.WriteLine(question);
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new IOException($"{Name} ended at '{question}'.");
        Send(Stop);
        return answer;
    }
}
