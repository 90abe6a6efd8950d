using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Benchmarks.Compare;

/// <summary>
/// The times of several sides that take turns, round by round. Sides are compared within a round: what slows the machine for a second slows them all.
/// </summary>
internal sealed class Turns
{
    private const double WarmUpSeconds = 0.4;

    private readonly Side[] sides;
    private readonly int[] counts;
    private readonly List<double>[] seconds;

    public Turns(Row row, Side[] sides)
    {
        this.sides = sides;
        counts = [.. sides.Select(side => (int)Math.Clamp(row.SecondsPerTurn / WarmUp(side), 1, 100_000))];
        seconds = [.. sides.Select(_ => new List<double>())];
    }

    public static double Median(IEnumerable<double> values) => Quartile(values, 2);

    /// <summary>A time in the unit that suits it; nothing for one that was not measured.</summary>
    public static string Time(double seconds) => double.IsNaN(seconds) ? string.Empty
        : seconds < 1e-3 ? string.Create(CultureInfo.InvariantCulture, $"{1e6 * seconds:F1} µs")
        : string.Create(CultureInfo.InvariantCulture, $"{1e3 * seconds:F2} ms");

    public void Run(int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            for (int side = 0; side < sides.Length; side++)
            {
                seconds[side].Add(sides[side].Seconds(counts[side]));
            }
        }
    }

    /// <summary>The side's median seconds.</summary>
    public double Median(int side) => Median(seconds[side]);

    /// <summary>Which of the sides from one on has the least median.</summary>
    public int Fastest(int from) => Enumerable.Range(from, sides.Length - from).MinBy(Median);

    /// <summary>The first side's times as parts of another's.</summary>
    public Ratio Ratio(int other)
    {
        double[] ratios = [.. seconds[0].Zip(seconds[other], (ours, theirs) => ours / theirs)];
        return new Ratio(Quartile(ratios, 1), Quartile(ratios, 2), Quartile(ratios, 3));
    }

    /// <summary>Whether the rounds agree on which side of a limit the first side is.</summary>
    public bool IsClear(int other, double limit) => Ratio(other).IsClear(limit);

    /// <summary>A side's median, and half the distance between its quartiles.</summary>
    public string Text(int side)
    {
        double median = Median(side);
        return string.Create(CultureInfo.InvariantCulture, $"{Time(median)} ± {50 * (Quartile(seconds[side], 3) - Quartile(seconds[side], 1)) / median:F0} %");
    }

    /// <summary>Between two values where the quartile falls between them, so that it is as far from the least as the other is from the greatest.</summary>
    private static double Quartile(IEnumerable<double> values, int quarter)
    {
        double[] ordered = [.. values.Order()];
        double place = quarter * (ordered.Length - 1) / 4.0;
        int below = (int)place;
        return below == ordered.Length - 1 ? ordered[below] : ordered[below] + ((place - below) * (ordered[below + 1] - ordered[below]));
    }

    /// <summary>Runs a side until its code is compiled and its caches are filled; gives the seconds that it then takes once.</summary>
    private static double WarmUp(Side side)
    {
        double one = side.Seconds(1);
        for (double spent = one; spent < WarmUpSeconds;)
        {
            int count = (int)Math.Clamp(WarmUpSeconds / 4 / one, 1, 100_000);
            one = side.Seconds(count);
            spent += one * count;
        }

        return one;
    }
}
