using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen.Benchmarks.Works;

namespace ModelGen.Benchmarks.Compare;

/// <summary>Ours and the peers' times in turns within one run: medians over the rounds, as parts of the best peer's and of what the machine can do.</summary>
internal sealed class Comparison : IDisposable
{
    /// <summary>How many times as many rounds a row has whose ratio lies so near to its bar, or to 1, that the usual ones do not tell on which side.</summary>
    private const int MostTimesRounds = 3;
    private const int MemorySteps = 50;
    private const int FreshProcesses = 3;

    private readonly TextWriter output;
    private readonly SideStarts starts;
    private readonly Side ours = SideStarts.StartOurs("ours");
    private readonly Side floor = SideStarts.StartOurs("floor");
    private readonly Side[] peers;
    private readonly string[] columns;
    private readonly int rounds;
    private int held;
    private int rows;
    private int slower;

    private Comparison(TextWriter output, Row[] selected, int rounds)
    {
        (this.output, this.rounds) = (output, rounds);
        columns = [.. SideStarts.Names.Where(name => selected.Any(row => row.Peers.Contains(name)))];
        starts = new SideStarts(output, columns);
        peers = [.. starts.Peers.Select(name => starts.StartPeer(name, keepsMemory: true))];
    }

    /// <summary>Measures the rows of <c>--only GROUP,…</c> with <c>--threads N,…</c>, in <c>--rounds N</c>.</summary>
    /// <returns>The exit status: 0 where there are peers, and every result is theirs.</returns>
    public static int Print(TextWriter output, string[] arguments)
    {
        string[] groups = Option(arguments, "--only") ?? [];
        int[] threads = [.. (Option(arguments, "--threads") ?? ["1", "2"]).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        Row[] rows = [.. threads.SelectMany(Rows.For).Where(row => groups.Length == 0 || groups.Any(group => Selects(group, row)))];
        if (rows.Length == 0)
        {
            throw new ArgumentException($"No row is in {string.Join(", ", groups)}: there are {string.Join(", ", Rows.For(2).Select(row => row.Group).Distinct())}.");
        }

        int rounds = int.Parse(Option(arguments, "--rounds")?[0] ?? "7", CultureInfo.InvariantCulture);
        using var comparison = new Comparison(output, rows, rounds);
        return comparison.Run(rows);
    }

    public void Dispose()
    {
        foreach (Side side in (Side[])[ours, floor, .. peers])
        {
            side.Dispose();
        }
    }

    private static bool Selects(string word, Row row) => row.Group == word || row.Name.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string[]? Option(string[] arguments, string name) =>
        Array.IndexOf(arguments, name) is >= 0 and int at && at + 1 < arguments.Length ? arguments[at + 1].Split(',') : null;

    private int Run(Row[] selected)
    {
        output.WriteLine();
        output.WriteLine($"| work | threads | ours | {string.Join(" | ", columns)} | of the best | bar | of the floor | |");
        output.WriteLine($"|---|---|---|{string.Concat(columns.Select(_ => "---|"))}---|---|---|---|");
        bool allAgree = true;
        foreach (Row row in selected)
        {
            allAgree &= row.Measure is Measure.Memory or Measure.FirstRun ? CompareFresh(row) : CompareTimes(row);
        }

        output.WriteLine();
        output.WriteLine($"In {slower} rows a peer is faster, by more than the rounds differ.");
        output.WriteLine($"{held} of {rows} bars hold");
        return allAgree && peers.Length > 0 ? 0 : 1;
    }

    private bool CompareTimes(Row row)
    {
        List<(Side Side, int Threads)> sides = row.Measure == Measure.Scaling
            ? [(ours, row.Threads), (floor, 1)]
            : [(ours, row.Threads), .. PeersOf(row).Select(peer => (peer, row.Threads))];
        sides.RemoveAll(side => !side.Side.Open(row.Work, side.Threads));
        float[][] results = [.. sides.Select(side => side.Side.Result())];
        bool agree = results.Skip(1).All(result => Agree(results[0], result, row.Tolerance));

        Turns turns = new(row, [.. sides.Select(side => side.Side)]);
        turns.Run(rounds);
        if (sides.Count > 1 && turns.Fastest(from: 1) is int peer && (!turns.IsClear(peer, row.Bar) || !turns.IsClear(peer, 1)))
        {
            turns.Run((MostTimesRounds - 1) * rounds);
        }

        int best = sides.Count > 1 ? turns.Fastest(from: 1) : 0;

        (double ofFloor, string? bound) = row.Measure == Measure.Time ? OfFloor(row, turns.Median(0)) : (0, null);
        string Of(string name) => sides.FindIndex(side => side.Side.Name == name) is >= 0 and int at ? turns.Text(at) : string.Empty;
        string ColumnOf(string name) => row.Measure == Measure.Scaling ? name == columns[0] ? Of("floor") : string.Empty : Of(name);
        Write(row, turns.Text(0), ColumnOf, sides.Count > 1 ? turns.Ratio(best) : Ratio.None, ofFloor, bound, agree);
        return agree;
    }

    private IEnumerable<Side> PeersOf(Row row) => peers.Where(peer => row.Peers.Contains(peer.Name));

    /// <summary>The floor, measured right behind the row, as a part of our seconds; and where there are two, which of them is the higher one.</summary>
    private (double OfFloor, string? Bound) OfFloor(Row row, double seconds)
    {
        double operations = row.Operations == 0 ? 0 : OperationsFloor(row);
        double bytes = row.Streams.Length == 0 ? 0 : row.Streams.Min(stream => StreamFloor(row, stream));
        string? bound = operations == 0 || bytes == 0 ? null : operations > bytes ? "multiply-adds" : "bytes";
        return (Math.Max(operations, bytes) / seconds, bound);
    }

    private double OperationsFloor(Row row)
    {
        floor.Open("multiply-add", row.Threads);
        return Alone(row, floor) * row.Operations / MultiplyAddWork.Operations(row.Threads);
    }

    private double StreamFloor(Row row, string stream)
    {
        floor.Open(stream, row.Threads);
        return Alone(row, floor);
    }

    private double Alone(Row row, Side side)
    {
        Turns turns = new(row, [side]);
        turns.Run(rounds);
        return turns.Median(0);
    }

    /// <summary>Compares what only a fresh process shows.</summary>
    private bool CompareFresh(Row row)
    {
        Func<Func<Side>, Row, double> measure = row.Measure == Measure.Memory ? MemoryOf : FirstRunOf;
        Func<double, string> text = row.Measure == Measure.Memory ? Megabytes : Turns.Time;
        Dictionary<string, double> values = PeersOf(row).ToDictionary(peer => peer.Name, peer => measure(() => starts.StartPeer(peer.Name, keepsMemory: false), row));
        double own = measure(() => SideStarts.StartOurs("ours"), row);
        double best = values.Values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min();
        Write(row, text(own), name => values.TryGetValue(name, out double value) ? text(value) : string.Empty, new Ratio(own / best, own / best, own / best), 0, null, agree: true);
        return true;
    }

    private static double MemoryOf(Func<Side> start, Row row)
    {
        using Side side = start();
        if (!side.Open(row.Work, row.Threads))
        {
            return double.NaN;
        }

        side.Seconds(MemorySteps);
        return side.Memory();
    }

    private static double FirstRunOf(Func<Side> start, Row row)
    {
        double[] seconds = new double[FreshProcesses];
        for (int process = 0; process < seconds.Length; process++)
        {
            using Side side = start();
            long from = Stopwatch.GetTimestamp();
            if (!side.Open(row.Work, row.Threads))
            {
                return double.NaN;
            }

            side.Seconds(1);
            seconds[process] = Stopwatch.GetElapsedTime(from).TotalSeconds;
        }

        return Turns.Median(seconds);
    }

    /// <summary>
    /// Whether two results are the same within a part of the greatest value. Without a tolerance they were dropped at random, a tenth of each: then those
    /// that are left on both sides must be the same.
    /// </summary>
    private static bool Agree(float[] a, float[] b, double tolerance)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        if (double.IsNaN(tolerance))
        {
            return IsTenth(a.Count(x => x == 0)) && IsTenth(b.Count(x => x == 0))
                && a.Zip(b).All(pair => pair.First == 0 || pair.Second == 0 || Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Abs(pair.First));

            // Of a few hundred; the standard deviation is 0.013.
            bool IsTenth(int dropped) => Math.Abs(((double)dropped / a.Length) - 0.1) < 0.05;
        }

        double scale = a.Max(Math.Abs);
        return a.Zip(b).All(pair => Math.Abs(pair.First - pair.Second) <= tolerance * scale);
    }

    private void Write(Row row, string own, Func<string, string> columnOf, Ratio ratio, double ofFloor, string? bound, bool agree)
    {
        bool counts = !double.IsNaN(row.Bar);
        bool holds = agree && row.Holds(ratio.Median, ofFloor);
        (held, rows) = (held + (holds ? 1 : 0), rows + (counts ? 1 : 0));
        string floorText = ofFloor == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{100 * ofFloor:F0} %{(bound is null ? null : ", " + bound)}");
        slower += counts && ratio.IsAbove(1) ? 1 : 0;
        string verdict = !agree ? "**WRONG RESULT**" : !counts ? string.Empty : (holds, ratio.IsAbove(1)) switch
        {
            (true, false) => "holds",
            (true, true) => "holds by the floor, slower",
            (false, false) => "**misses**",
            (false, true) => "**slower**",
        };
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Name} | {row.Threads} | {own} | {string.Join(" | ", columns.Select(columnOf))} | {ratio} | {(counts ? row.Bar : null):F2} | {floorText} | {verdict} |"));
    }

    private static string Megabytes(double bytes) => double.IsNaN(bytes) ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):F1} MB");
}
