using System.Globalization;

namespace ModelGen.Benchmarks.Compare;

/// <summary>Ours as a part of a peer's, round by round: the median, and the quartiles below and above it.</summary>
internal readonly record struct Ratio(double Lower, double Median, double Upper)
{
    /// <summary>Gets the ratio where there is no peer.</summary>
    public static Ratio None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <summary>Whether it is greater, and by more than the rounds differ among themselves.</summary>
    public bool IsAbove(double limit) => Lower > limit;

    /// <summary>Whether the rounds agree on which side of a limit it is.</summary>
    public bool IsClear(double limit) => Lower > limit || Upper < limit || double.IsNaN(limit) || double.IsNaN(Median);

    public override string ToString()
    {
        double half = (Upper - Lower) / 2;
        return double.IsNaN(Median) ? string.Empty
            : half < 0.005 ? string.Create(CultureInfo.InvariantCulture, $"{Median:F2}")
            : string.Create(CultureInfo.InvariantCulture, $"{Median:F2} ± {half:F2}");
    }
}
