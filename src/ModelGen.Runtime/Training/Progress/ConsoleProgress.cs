using System;
using System.Diagnostics;
using System.IO;

namespace ModelGen;

/// <summary>A plain line of text: on a terminal it is rewritten as training goes on; in a file there is one per epoch, and one every few
/// seconds.</summary>
public sealed class ConsoleProgress : IProgress<TrainingProgress>
{
    private static readonly TimeSpan BetweenRewrites = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);
    private readonly TextWriter writer;
    private readonly bool rewrites;
    private long written = Stopwatch.GetTimestamp();
    private int width;

    /// <summary>Initializes a new instance of the <see cref="ConsoleProgress"/> class that writes to the console.</summary>
    public ConsoleProgress()
        : this(Console.Out, rewrites: !Console.IsOutputRedirected)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="ConsoleProgress"/> class.</summary>
    /// <param name="writer">Where the lines go.</param>
    /// <param name="rewrites">Whether a carriage return goes back to the line's beginning, as on a terminal.</param>
    public ConsoleProgress(TextWriter writer, bool rewrites)
    {
        ArgumentNullException.ThrowIfNull(writer);
        this.writer = writer;
        this.rewrites = rewrites;
    }

    /// <summary>Gets a value indicating whether a step that is reported now would be written.</summary>
    internal bool IsDue => Stopwatch.GetElapsedTime(written) >= (rewrites ? BetweenRewrites : BetweenLines);

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        bool ended = value.Finished is not null;
        if (!ended && !IsDue)
        {
            return;
        }

        written = Stopwatch.GetTimestamp();
        Write(ProgressLine.Of(value), ended);
    }

    private void Write(string line, bool ended)
    {
        if (!rewrites)
        {
            writer.WriteLine(line);
            return;
        }

        // Spaces cover what a longer line left behind.
        writer.Write("\r" + line.PadRight(width));
        width = ended ? 0 : line.Length;
        if (ended)
        {
            writer.WriteLine();
        }
    }
}
