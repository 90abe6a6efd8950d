using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ModelGen;

namespace Recurrence;

/// <summary>The days of a file, one after another.</summary>
internal sealed class Weather
{
    private readonly List<DateOnly> dates = [];
    private readonly List<int> kinds = [];

    private Weather()
    {
    }

    /// <summary>Gets what the kinds of weather are called.</summary>
    public static IReadOnlyList<string> Names { get; } = ["drizzle", "fog", "rain", "snow", "sun"];

    public int Count => dates.Count;

    public static Weather Read(string path)
    {
        Weather weather = new();
        foreach (string[] cells in File.ReadLines(path).Skip(1).Select(line => line.Split(',')))
        {
            weather.dates.Add(DateOnly.Parse(cells[0], CultureInfo.InvariantCulture));
            weather.kinds.Add(Names.ToList().IndexOf(cells[^1]));
        }

        return weather;
    }

    public DateOnly Date(int day) => dates[day];

    public int Kind(int day) => kinds[day];

    /// <summary>The place in the year as a point on a circle.</summary>
    public float[] Season(int day)
    {
        float angle = 2 * MathF.PI * dates[day].DayOfYear / 365.25f;
        return [MathF.Cos(angle), MathF.Sin(angle)];
    }

    /// <summary>An example for each day: its weather, its season, and the weather of the days behind it.</summary>
    public Dataset Examples(int first, int count)
    {
        IEnumerable<int> days = Enumerable.Range(first, count);
        return WeatherForecast.Data(
            days.Select(Kind).ToArray(),
            days.SelectMany(Season).ToArray(),
            days.SelectMany(day => Enumerable.Range(day + 1, WeatherForecast.Days)).Select(Kind).ToArray());
    }

    /// <summary>The loss of a forecast that says the same every day: how often each kind was there in some days, asked about others.</summary>
    public double LossOfShares(int first, int count, int asked, int questions)
    {
        double[] shares = [.. Names.Select((_, kind) => kinds.Skip(first).Take(count).Count(other => other == kind) / (double)count)];
        return -kinds.Skip(asked).Take(questions).Average(kind => Math.Log(shares[kind]));
    }
}
